/** Where a case is: a file of this repository, and a text in it that names the case. */
interface Evidence {
  file: string;
  says: string;
}

/** A published weakness of a product like ours, in our words, and what holds against it here. */
interface Advisory {
  ids: string;
  about: string;
  /** Cases that would fail if we had it; none: `absent` says why we cannot. */
  cases: readonly Evidence[];
  absent?: string;
}

const at = (file: string, ...says: string[]): Evidence[] => says.map((text) => ({ file, says: text }));
const held = (ids: string, about: string, cases: readonly Evidence[]): Advisory => ({ ids, about, cases });
const none = (ids: string, about: string, absent: string): Advisory => ({ ids, about, cases: [], absent });

const EXPRESSIONS = 'test/attack/groups/a1/expressions.ts';
const PYTHON = 'test/attack/groups/a1/python.ts';
const SQL = 'test/attack/groups/a3/payloads.ts';
const FILES = 'test/attack/groups/a5/payloads.ts';
const CONFUSED = 'test/attack/groups/a5/index.ts';
const WALKS = 'test/matrix/walks.ts';
const SIZES = 'test/attack/groups/a11/index.ts';
const FORMS = 'workers/pages/forms.test.ts';
const SHARING = 'workers/areas/credentials/sharing.test.ts';
const EGRESS = 'workers/executor/egress/fetch.node.test.ts';

const NO_GIT = 'There is no git node and no git binary: nothing here runs a program.';
const NO_DRIVER = 'There is no node for this database yet; it needs these cases when it comes.';
const NO_TRIGGER = 'There is no trigger of this service yet; its signature is part of the trigger when it comes.';
const NO_AI =
  'There are no AI nodes yet; they will send through the one egress client, which binds credentials to domains.';
const NO_MCP = 'There is no MCP server or client yet.';

export const ADVISORIES: readonly Advisory[] = [
  held(
    'GHSA-v98v-ff95-f3cp CVE-2025-68613',
    'constructor reached from an expression',
    at(EXPRESSIONS, 'CVE-2025-68613'),
  ),
  held(
    'GHSA-6cqr-8cfr-67f8 CVE-2026-25049',
    'keys that are not texts slip by a check for texts',
    at(EXPRESSIONS, 'CVE-2026-25049'),
  ),
  held('GHSA-5xrp-6693-jjx9 CVE-2026-1470', 'with brings bare names into reach', at(EXPRESSIONS, 'CVE-2026-1470')),
  held('GHSA-vpcf-gvg4-6qwr CVE-2026-27577', 'globals spread into an object', at(EXPRESSIONS, 'CVE-2026-27577')),
  held(
    'GHSA-pm35-fqvh-cq5g CVE-2026-65591',
    'an old evaluator still filtered by names',
    at(EXPRESSIONS, 'CVE-2026-65591'),
  ),
  held(
    'CVE-2026-27493',
    'what a form was answered with is evaluated again',
    at('test/attack/groups/a2/index.ts', 'CVE-2026-27493'),
  ),
  held(
    'GHSA-jp7m-xcgx-57qm CVE-2026-59259',
    'a checker reads an expression otherwise than the run',
    at('test/attack/groups/a2/scanner.ts', 'disagreements'),
  ),
  held('GHSA-jjpj-p2wh-qf23 CVE-2026-27495', 'prototypes frozen, constructors not', at(EXPRESSIONS, 'CVE-2026-27495')),
  held(
    'GHSA-9cmh-xcqm-5hqr',
    'modules shared by all who run code',
    at('test/attack/groups/a6/index.ts', 'seen by its next call'),
  ),
  held('CVE-2025-68668', 'Python reaches the JavaScript around it', at(PYTHON, 'CVE-2025-68668')),
  held('CVE-2026-0863', 'attributes walked from a format text', at(PYTHON, 'CVE-2026-0863')),
  held('GHSA-8398-gmmx-564h CVE-2026-25115', 'classes and globals walked in Python', at(PYTHON, 'CVE-2026-25115')),
  held('GHSA-mmgg-m5j7-f83h CVE-2026-27494', 'builtins that open files', at(PYTHON, 'CVE-2026-27494')),
  held('GHSA-44v6-jhgm-p3m4 CVE-2026-42234', 'modules imported out of the sandbox', at(PYTHON, 'CVE-2026-42234')),
  held('GHSA-9pq8-m8gp-4p53 CVE-2026-49444', 'sockets and processes from Python', at(PYTHON, 'CVE-2026-49444')),
  held('GHSA-hv53-3329-vmrm CVE-2026-25056', 'SQL that writes a file', at(SQL, "'vacuum into'", "'write file'")),
  held('GHSA-wxx7-mcgf-j869 CVE-2026-27497', 'SQL that loads code', at(SQL, "'load extension'")),
  held(
    'GHSA-58qr-rcgv-642v CVE-2026-33660',
    'an SQL engine inside the host, once more',
    at('core/sql/gate.test.ts', '[SQL2]'),
  ),
  held(
    'GHSA-98c2-4cr3-4jc3 CVE-2026-33713',
    'the column to sort by put into SQL',
    at('test/attack/groups/a3/index.ts', "'sort'"),
  ),
  none('GHSA-f3f2-mcxc-pwjx', 'operators and directions put into SQL', NO_DRIVER),
  none('GHSA-hp3c-vfpm-q4f7 CVE-2026-42237', 'identifiers put into SQL', NO_DRIVER),
  none('GHSA-r6jc-mpqw-m755 CVE-2026-42233', 'a limit put into SQL', NO_DRIVER),
  none('GHSA-mp4j-h6gh-f6mp CVE-2026-42229', 'a search put into a query', NO_DRIVER),
  none('GHSA-c37g-w77q-m4vp CVE-2026-54310', 'an old version of a node without bound values', NO_DRIVER),
  none('GHSA-hwmj-qg4v-cvg9 CVE-2026-59257', 'expressions put into a query', NO_DRIVER),
  held(
    'GHSA-mhrx-qhrj-673w CVE-2026-44792',
    'names of tables and columns in DDL',
    at('test/attack/groups/a3/index.ts', "'name'", "'column'"),
  ),
  held('GHSA-v4pr-fm98-w9pg CVE-2026-21858', 'a JSON body that says where its files are', at(CONFUSED, "'files list'")),
  held(
    'GHSA-2x35-3fw4-9jr4',
    'an object with a path where a text should be',
    at(FILES, "'path object'", "'href object'"),
  ),
  held('GHSA-gfvg-qv54-r4pc CVE-2026-25052', 'a path checked, then changed', at(CONFUSED, "'symbolic link'")),
  held('CVE-2025-57749', 'a link out of the allowed folder', at(CONFUSED, "'symbolic link up'")),
  held(
    'GHSA-m82q-59gv-mcr9 CVE-2026-25055',
    'the name of an upload used as a path elsewhere',
    at(CONFUSED, 'A5/multipart/'),
  ),
  none('CVE-2026-21877', 'git writes where it should not', NO_GIT),
  none('CVE-2025-62726', 'a hook of a repository runs', NO_GIT),
  none('CVE-2025-65964', 'configuration names a folder of hooks', NO_GIT),
  none('GHSA-9g95-qf3f-ggrw CVE-2026-25053', 'a command made of parameters', NO_GIT),
  none('GHSA-57g9-58c2-xjg3 CVE-2026-44790', 'a parameter that is a flag', NO_GIT),
  none('GHSA-5xp3-2w67-427v CVE-2026-49465', 'a source outside the allowed folders', NO_GIT),
  none('GHSA-gf29-4f56-r2jf', 'further operations unchecked', NO_GIT),
  held(
    'GHSA-mxrg-77hm-89hv CVE-2026-33696',
    'names of a schema or of XML as keys',
    at('test/attack/groups/a6/index.ts', 'A6/parameter/'),
  ),
  held('GHSA-xwx6-jjhv-84p8', 'dots in names of fields', at('test/attack/groups/a6/keys.ts', '__proto__.')),
  held(
    'GHSA-2vff-hj5x-8gq7 CVE-2026-54306',
    'a public webhook that pollutes',
    at('test/attack/groups/a6/index.ts', 'A6/body/'),
  ),
  held(
    'GHSA-679f-58pq-4v2c CVE-2026-86078',
    'names of nodes as keys',
    at('test/attack/groups/a6/index.ts', 'A6/node-name/'),
  ),
  held('CVE-2025-61914', 'HTML of a webhook runs as ours', at('workers/hooks/hooks.test.ts', "toBe('sandbox')")),
  held('CVE-2025-46343', 'a stored file shown in place', at(CONFUSED, 'is shown in place')),
  held('CVE-2025-52478', 'HTML of a form field', at(FORMS, '[PAG1] escapes what authors and addresses say')),
  none(
    'GHSA-qpq4-pw7f-pp8w CVE-2026-25054',
    'Markdown of a note on the canvas',
    'The editor does not show notes as HTML yet; it must sanitise them when it does.',
  ),
  held(
    'GHSA-2p9h-rqjw-gm92 CVE-2026-27578',
    'HTML through several nodes',
    at('workers/pages/sanitize.node.test.ts', 'drops what runs, posts or covers'),
  ),
  held(
    'GHSA-q4fm-pjq6-m63g CVE-2026-56358',
    'HTML of a form',
    at(FORMS, '[PAG1] escapes what authors and addresses say'),
  ),
  held(
    'GHSA-w673-8fjw-457c',
    'HTML of a description in a frame with rights',
    at(FORMS, '[PAG8] endings lead away, show a page without rights'),
  ),
  held('GHSA-3c7f-5hgj-h279', 'CSS of a chat page', at('workers/pages/chats.test.ts', '[CHT4][CHT6]')),
  held(
    'GHSA-364x-8g5j-x2pr',
    'an address of a sign-in that is script',
    at('core/credentials/sign-in.test.ts', '[OAU8] opens http addresses only'),
  ),
  held(
    'GHSA-42h7-m79w-wvg5 CVE-2026-54302',
    'an id put into a page',
    at(FORMS, '[PAG1] escapes what authors and addresses say'),
  ),
  held(
    'GHSA-h86q-fx34-gfjr CVE-2026-54303',
    'a challenge echoed as HTML',
    at('workers/hooks/answers.test.ts', "toBe('sandbox')"),
  ),
  none('GHSA-537j-gqpc-p7fq CVE-2026-42235', 'the name of a client in a page', NO_MCP),
  none('GHSA-f6x8-65q6-j9m9 CVE-2026-42230', 'a redirect of a client anybody registers', NO_MCP),
  none('CVE-2026-21894', 'payments that are not signed', NO_TRIGGER),
  none('GHSA-mqpr-49jj-32rc CVE-2026-56357', 'pushes that are not signed', NO_TRIGGER),
  none('GHSA-38c7-23hj-2wgq', 'tickets that are not signed', NO_TRIGGER),
  none('GHSA-jvc7-762p-3743 CVE-2026-54308', 'a token that is not checked', NO_TRIGGER),
  held(
    'GHSA-jh8h-6c9q-7gmw',
    'a chat whose login is gone around',
    at('workers/pages/chats.test.ts', '[CHT1][CHT7] with a login answers nobody without it'),
  ),
  held(
    'CVE-2025-68949',
    'an address allowed because it contains another',
    at('workers/hooks/answers.test.ts', '[HOOK16] does not come from bots or strangers'),
  ),
  held('GHSA-33q9-f52j-gc75 CVE-2026-65014', 'a route before the check of who asks', at(WALKS, 'anonymous/')),
  held('CVE-2025-52554', 'a run of somebody else stopped', at(WALKS, 'foreign/path/', 'elsewhere/')),
  held('GHSA-756q-gq9h-fp22 CVE-2026-42227', 'variables of another project', at(WALKS, 'elsewhere/')),
  held(
    'GHSA-m63j-689w-3j35 CVE-2026-33663',
    'a kind of credential the check forgets',
    at(SHARING, 'keeps them from using it'),
  ),
  held(
    'GHSA-pmqw-72cg-wx85 CVE-2026-54307',
    'a credential named that is not one’s own',
    at(SHARING, '[CRD5] importing chooses by name only among those'),
  ),
  held('GHSA-6h4j-wcr9-2vg7 CVE-2026-45732', 'to read is enough to change', at(WALKS, 'scope/without/')),
  held(
    'GHSA-2j5h-858j-5mpf CVE-2026-54305',
    'routes without a scope',
    at('workers/api/contracts.node.test.ts', 'route.scope'),
  ),
  held(
    'GHSA-fxcw-h3qj-8m8p CVE-2026-33722',
    'an external secret named without the right to',
    at(SHARING, 'only by who may use the store'),
  ),
  held('CVE-2026-25631', 'a wildcard that lets another domain in', at('core/credentials/domains.test.ts', 'evil')),
  none('GHSA-64xh-79j6-r5v8', 'the domains of a credential unknown to AI nodes', NO_AI),
  none('CVE-2026-86082', 'a side door that lists models', NO_AI),
  held(
    'GHSA-rm2v-h48j-895m CVE-2026-54304',
    'a token sent where the answer says',
    at(EGRESS, '[EGR8] drops credentials across origins only'),
  ),
  held(
    'GHSA-q3j5-8vrg-4p9q CVE-2026-59209',
    'an expression sees the headers of the request',
    at(EXPRESSIONS, 'CVE-2026-59209'),
  ),
  held(
    'GHSA-9r8p-h6cc-6qhm CVE-2026-65599',
    'a private key in the head of a token',
    at('core/nodes/jwt/jwt.test.ts', '[JWT5] never quotes a key'),
  ),
  none('GHSA-vhf8-cg2h-cg3p', 'a node that does not use the guarded client', NO_MCP),
  held(
    'GHSA-56c3-vfp2-5qqj CVE-2026-42449',
    'IPv4 inside IPv6',
    at('workers/executor/egress/address.node.test.ts', '[EGR2] tells what every spelling of an address is'),
  ),
  held('GHSA-4ggg-h7ph-26qr CVE-2026-39974', 'a header chooses whom is spoken to', at(WALKS, 'foreign/header/')),
  held(
    'CVE-2026-45707',
    'no organisation named means the operator’s',
    at('test/attack/groups/a8/index.ts', "'no-organization'"),
  ),
  held('GHSA-j6r7-6fhx-77wx CVE-2026-54052', 'versions of somebody else’s workflows', at(WALKS, 'foreign/path/')),
  held(
    'GHSA-c545-x2rh-82fc CVE-2026-33665',
    'accounts linked by an attribute of a directory',
    at('workers/sso/saml-sign-in.test.ts', '[SSO3, SSO5] links nobody outside the domain'),
  ),
  held(
    'GHSA-mq3m-f8x3-579w CVE-2026-59208',
    'a subject of another issuer',
    at('workers/sso/oidc/oidc.node.test.ts', 'nonce, secret or issuer'),
  ),
  held(
    'GHSA-35q8-9mj6-wjmf CVE-2026-65016',
    'an identity provider makes owners',
    at('workers/sso/saml-sign-in.test.ts', '[SSO7] leaves owners what they are'),
  ),
  none(
    'GHSA-cw9w-vv67-hf73 CVE-2026-86073',
    'a renewed token for more than was allowed',
    'We issue no OAuth tokens: keys and sessions are ours and carry their rights themselves.',
  ),
  held(
    'CVE-2025-49592',
    'a sign-in that leads elsewhere',
    at('workers/identity/identity.test.ts', '[IDN8] end at our own pages'),
  ),
  none('GHSA-49m9-pgww-9vq6 CVE-2026-42236', 'clients registered without end', NO_MCP),
  held(
    'GHSA-jqpw-qww5-cj4c CVE-2026-54314',
    'archives that grow without limit',
    at(SIZES, "'gzip 1,000:1 of 300 MiB'", "'zip of 65,535 entries'"),
  ),
  held('CVE-2025-49595', 'a file request that ends the process', at(SIZES, "'a spreadsheet that is no zip'")),
  none(
    'CVE-2026-21893',
    'a command made of the name of a package',
    'No packages are installed at run time: nodes are part of the build.',
  ),
  held('CVE-2023-27562', 'a path out of the folder', at(FILES, "'parents'")),
  held('CVE-2023-27563', 'a person changes their own role', at('workers/access/access.test.ts', '[ACC8] nobody')),
  held('CVE-2023-27564', 'an error tells what it should not', at('workers/kit/response.node.test.ts', 'internal')),
  held('CVE-2026-22683', 'a role that only the app knows', at(WALKS, 'role/')),
  none(
    'CVE-2026-47107',
    'files of the machine shared by jobs',
    'Code has no file system: an isolate without bindings, thrown away by tenant and code.',
  ),
  held('CVE-2021-21297', 'pollution through an administration API', at('test/matrix/fuzz.ts', '"__proto__"')),
  held('CVE-2025-55346', 'a function made of a text', at(EXPRESSIONS, 'CVE-2025-55346')),
  held(
    'CVE-2025-58434',
    'the token of a reset in its answer',
    at('workers/identity/identity.test.ts', '[IDN6] are reset by a link that works once'),
  ),
  held('CVE-2025-59528', 'configuration given to Function', at(EXPRESSIONS, 'CVE-2025-59528')),
  held('CVE-2026-40933', 'an import that starts something', at('workers/areas/workflows/workflows.test.ts', 'import')),
  held('CVE-2026-70470', 'letters that look alike', at(PYTHON, 'CVE-2026-70470')),
  none('CVE-2026-70477', 'a table that talks a model into running code', NO_AI),
  held('CVE-2025-3248', 'a check that runs what it checks, for anybody', at(WALKS, 'anonymous/')),
  held('CVE-2026-33017', 'a public build that runs what it is sent', at(WALKS, 'anonymous/')),
  none(
    'Zapier 2025-02-27',
    'customers’ data copied into repositories',
    'How a company works, not what the product does: run data is in the organisation’s own objects and nowhere else.',
  ),
  none(
    'Zapier 2025-11 npm',
    'a worm in packages',
    'How packages are built and published; ours are pinned exactly and installed without their scripts.',
  ),
];
