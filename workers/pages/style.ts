/** One look for every page people see: ours in light and dark, readable without it, and an author's styles on top. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #14212b; --soft: #51636e; --line: #c3ced5; --edge: #72838e; --ground: #f2f6f7; --card: #ffffff; --field: #ffffff;
  --accent: #0b6e6e; --accent-text: #0b6e6e; --accent-deep: #095858; --on-accent: #ffffff; --bad: #b3261e; --bad-ground: #fdf1f0; --radius: 10px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6eef2; --soft: #a3b5bf; --line: #40525d; --edge: #7d919d; --ground: #0f171c; --card: #17222a; --field: #111a20;
    --accent: #4fc3bd; --accent-text: #4fc3bd; --accent-deep: #7bd8d3; --on-accent: #06201f; --bad: #ff9d94; --bad-ground: #2c1a1a;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: 100%/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: var(--ink); background: var(--ground); }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; padding: clamp(1rem, 5vw, 4rem) 1rem 2rem; }
main { width: min(40rem, 100%); background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: clamp(1.25rem, 4vw, 2.5rem); box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 12px 32px rgb(0 0 0 / .06); overflow-wrap: anywhere; }
h1 { font-size: clamp(1.4rem, 4vw, 1.85rem); line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h1 + form, h1 + .summary { margin-top: 1.5rem; }
.lead { color: var(--soft); margin: 0 0 1.75rem; }
.lead > :first-child { margin-top: 0; }
.lead > :last-child { margin-bottom: 0; }
a { color: var(--accent-text); }
img, video, iframe { max-width: 100%; border: 0; border-radius: 6px; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; }
.field { margin: 0 0 1.35rem; border: 0; padding: 0; min-width: 0; }
label.name, legend { display: block; font-weight: 600; margin-bottom: .35rem; padding: 0; }
.must { color: var(--bad); font-weight: 400; }
.hint { display: block; color: var(--soft); font-size: .875rem; margin-bottom: .35rem; }
.wrong { display: block; color: var(--bad); font-size: .925rem; margin-bottom: .35rem; font-weight: 600; }
input:not([type=checkbox], [type=radio]), select, textarea { width: 100%; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--edge); border-radius: var(--radius); padding: .65rem .75rem; min-height: 2.85rem; }
textarea { min-height: 8rem; resize: vertical; }
input::placeholder, textarea::placeholder { color: var(--soft); opacity: 1; }
input[type=file] { padding: .5rem; }
input::file-selector-button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 7px; padding: .35rem .8rem; margin-right: .75rem; cursor: pointer; }
select[multiple] { min-height: 8rem; }
input[type=checkbox], input[type=radio] { width: 1.2rem; height: 1.2rem; margin: .18rem 0 0; accent-color: var(--accent); flex: none; }
.choice { display: flex; gap: .65rem; padding: .4rem 0; cursor: pointer; }
main [aria-invalid=true] { border-color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent-text); outline-offset: 2px; }
button, .button { display: inline-block; width: 100%; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: var(--radius); padding: .8rem 1.25rem; cursor: pointer; }
button:disabled { opacity: .6; cursor: progress; }
button:hover, .button:hover { background: var(--accent-deep); }
.summary { border: 2px solid var(--bad); background: var(--bad-ground); border-radius: var(--radius); padding: 1rem 1.25rem; margin: 0 0 1.75rem; }
.summary h2 { font-size: 1.05rem; margin: 0 0 .35rem; } .summary ul { margin: 0; padding-left: 1.2rem; } .summary p { margin: .6rem 0 0; } .summary a { color: var(--bad); }
.progress { width: 2.5rem; height: 2.5rem; border-radius: 50%; border: 4px solid var(--line); border-top-color: var(--accent-text); animation: turn 1s linear infinite; margin-bottom: 1rem; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-contrast: more) {
  :root { --ink: #000000; --soft: #23323c; --line: #4c5b65; --edge: #23323c; --bad: #8c0d07; --ground: #ffffff; }
  main { border-width: 2px; box-shadow: none; }
}
@media (prefers-contrast: more) and (prefers-color-scheme: dark) {
  :root { --ink: #ffffff; --soft: #d5e0e6; --line: #91a5b1; --edge: #d5e0e6; --bad: #ffc4bf; --ground: #000000; --card: #000000; --field: #000000; }
}
/* somebody's own colours: roles are theirs, an organisation's too, whose rules come after these */
@media (forced-colors: active) {
  :root:root {
    --ink: CanvasText; --soft: CanvasText; --line: CanvasText; --edge: CanvasText; --ground: Canvas; --card: Canvas; --field: Field;
    --accent: ButtonFace; --accent-text: LinkText; --accent-deep: ButtonFace; --on-accent: ButtonText; --bad: CanvasText; --bad-ground: Canvas;
  }
  .progress { border-color: CanvasText; border-top-color: Highlight; }
}
@media (prefers-reduced-motion: reduce) { .progress { animation-duration: 6s; } }
.quiet { width: auto; background: none; color: var(--accent-text); padding: .35rem 0; } .quiet:hover { background: none; text-decoration: underline; }
button[aria-disabled=true] { opacity: .6; cursor: progress; }
.sending { margin-top: 1rem; } .sending p { margin: 0 0 .4rem; font-weight: 600; }
progress { width: 100%; height: .6rem; accent-color: var(--accent); }
footer { color: var(--soft); font-size: .85rem; margin-top: 1.25rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** An author's styles as the text of a style element: nothing in them can end it. */
export const safeCss = (css: string): string => css.replaceAll('<', '\\3c ');
