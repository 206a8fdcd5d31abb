/** Style sheet of the page, for light and dark screens. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --hot: #d4380d; --warm: #d48806; --cold: #1677ff; --dead: #8c8c8c; }
body { font: 14px/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 1400px; }
h1 { font-size: 1.3rem; margin: 0 0 .3rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p.facts { margin: .15rem 0; opacity: .8; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { text-align: left; border-bottom: 2px solid var(--line); padding: .3rem .5rem; cursor: pointer; white-space: nowrap; user-select: none; }
th[aria-sort=ascending]::after { content: ' ▲'; } th[aria-sort=descending]::after { content: ' ▼'; }
td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td small { display: block; opacity: .75; }
a { color: inherit; } code, pre, .code { font: 12px/1.5 ui-monospace, monospace; }
.tag { border-radius: 3px; padding: 0 .35em; color: #fff; white-space: nowrap; }
.hot, .error { background: var(--hot); } .warm, .warning { background: var(--warm); } .cold, .info { background: var(--cold); } .dead { background: var(--dead); }
#flame { position: relative; border: 1px solid var(--line); overflow-x: hidden; overflow-y: auto; max-height: 60vh; }
#flame button { position: absolute; height: 17px; border: 1px solid #fff6; border-radius: 2px; padding: 0 3px; font: 11px/15px ui-monospace, monospace; text-align: left; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; cursor: pointer; color: #000; background: #ffd591; }
#flame button.other { background: #d9d9d9; } #flame button.found { background: #ff7a45; font-weight: bold; } #flame button.up { opacity: .55; }
#source { border: 1px solid var(--line); overflow: auto; max-height: 75vh; }
#source .row { display: grid; grid-template-columns: 5.5em 3.5em 1fr; white-space: pre; }
#source .row > :nth-child(1) { text-align: right; padding-right: .7em; color: var(--hot); } #source .row > :nth-child(2) { text-align: right; padding-right: .7em; opacity: .5; }
#source .row.marked { background: #ff7a4533; } #source .row.target { outline: 2px solid var(--hot); }
#source .note { padding: .1rem 0 .2rem 9.5em; color: var(--hot); white-space: normal; }
@media (max-width: 900px) { body { padding: .5rem; } table { display: block; overflow-x: auto; } }
select { font: inherit; margin-bottom: .5rem; max-width: 100%; }
`;
