/** Extension → media type of the files workflows handle; everything else is octets. */
const TYPES: ReadonlyMap<string, string> = new Map(
  `avif image/avif
bmp image/bmp
bz2 application/x-bzip2
css text/css
csv text/csv
doc application/msword
docx application/vnd.openxmlformats-officedocument.wordprocessingml.document
eml message/rfc822
gif image/gif
gz application/gzip
gzip application/gzip
htm text/html
html text/html
ico image/x-icon
ics text/calendar
jpeg image/jpeg
jpg image/jpeg
js text/javascript
json application/json
jsonl application/jsonl
m4a audio/mp4
md text/markdown
mov video/quicktime
mp3 audio/mpeg
mp4 video/mp4
ods application/vnd.oasis.opendocument.spreadsheet
ogg audio/ogg
pdf application/pdf
png image/png
pptx application/vnd.openxmlformats-officedocument.presentationml.presentation
rtf application/rtf
svg image/svg+xml
tar application/x-tar
tgz application/gzip
tif image/tiff
tiff image/tiff
tsv text/tab-separated-values
txt text/plain
vcf text/vcard
wasm application/wasm
wav audio/wav
webm video/webm
webp image/webp
xls application/vnd.ms-excel
xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
xml application/xml
yaml application/yaml
yml application/yaml
zip application/zip`
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
);

/** Extension of a file name without its dot, in lower case; empty when it has none. */
export const extensionOf = (fileName: string): string =>
  /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** By the extension of a name. */
export const mediaTypeOf = (fileName: string): string => TYPES.get(extensionOf(fileName)) ?? 'application/octet-stream';
