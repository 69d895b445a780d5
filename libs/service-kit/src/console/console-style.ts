/**
 * Styles of the page: light and dark as the browser prefers, one column on a phone. Every colour comes with a
 * word, for readers who do not see colours.
 */
export const consoleStyle = `
:root{color-scheme:light dark;--text:#1d2530;--quiet:#5d6876;--line:#dde2e8;--back:#f6f7f9;--card:#fff;--bar:#7c9cc4;--good:#1f7a4d;--warn:#8f5a00;--bad:#b3261e;--good-back:#e3f3ea;--warn-back:#fbefd9;--bad-back:#fbe5e3}
@media (prefers-color-scheme:dark){:root{--text:#e4e8ee;--quiet:#98a3b3;--line:#2c3540;--back:#12171d;--card:#1a2129;--bar:#5f86b8;--good:#6fd3a0;--warn:#f0bd62;--bad:#ff9d94;--good-back:#17362a;--warn-back:#3b2e14;--bad-back:#45201d}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums}
header,main{max-width:76rem;margin:auto;padding:0 1.25rem}
header{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .9rem;padding-top:1.1rem}
h1{font-size:1.35rem;font-weight:650;margin:0}
h2{font-size:1.02rem;font-weight:650;margin:1.9rem 0 .6rem}
h2 .quiet{font-weight:400;margin-left:.4rem}
p{margin:0}
.quiet{color:var(--quiet);font-size:.86rem}
.state{border-radius:1rem;padding:.1rem .7rem;font-size:.86rem;white-space:nowrap;color:var(--quiet);background:var(--line)}
.good{color:var(--good);background:var(--good-back)}
.warn{color:var(--warn);background:var(--warn-back)}
.bad{color:var(--bad);background:var(--bad-back)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));gap:.7rem;margin:1.1rem 0 0}
.figures div,.upstream{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.65rem .8rem}
dt{color:var(--quiet);font-size:.8rem}
dd{margin:0;font-size:1.3rem;font-weight:600;line-height:1.3}
dd small{display:block;font-size:.8rem;font-weight:400;color:var(--quiet);min-height:1.15rem}
.upstreams{display:grid;grid-template-columns:repeat(auto-fill,minmax(17.5rem,1fr));align-items:start;gap:.7rem}
.upstream h3{display:flex;justify-content:space-between;gap:.5rem;font-size:.95rem;font-weight:600;margin:0 0 .45rem}
.upstream h3 .state{flex:none;align-self:start}
.upstream h3 span{min-width:0;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:1fr 1fr;gap:.8rem;margin:.2rem 0 .35rem}
figure{margin:0;min-width:0}
figcaption{color:var(--quiet);font-size:.76rem}
svg{display:block;width:100%;height:2.3rem;border-bottom:1px solid var(--line)}
rect{fill:var(--bar)}
rect.failed{fill:var(--bad)}
.numbers{display:flex;flex-wrap:wrap;gap:.1rem .95rem;font-size:.86rem;color:var(--quiet)}
.numbers b{color:var(--text);font-weight:600}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:.6rem;font-size:.88rem}
th,td{text-align:left;padding:.35rem .8rem;border-top:1px solid var(--line)}
th{color:var(--quiet);font-weight:500;border:0}
@media (max-width:40rem){header,main{padding-left:.8rem;padding-right:.8rem}.upstreams{grid-template-columns:1fr}.figures{grid-template-columns:1fr 1fr}th,td{padding:.3rem .45rem}table{font-size:.8rem}th:last-child,td:last-child{display:none}}
`;
