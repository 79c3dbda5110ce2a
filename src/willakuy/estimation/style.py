"""How a report looks: one column, light and dark, readable on a telephone and on paper, with no file beside it."""

STYLE = """
:root{--ink:#1d2733;--paper:#fff;--soft:#faf7f2;--line:#d9d4cc;--accent:#8c3b1f;--quiet:#5b6673;color-scheme:light dark}
@media(prefers-color-scheme:dark){
:root{--ink:#e8e4dc;--paper:#14181d;--soft:#1f252c;--line:#46505b;--accent:#f0a184;--quiet:#a9b3bd}}
*{box-sizing:border-box}
body{font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}h3{font-size:1.05rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:1rem;margin:1rem 0}
.pair>div{background:var(--soft);border-left:.3rem solid var(--line);padding:.8rem 1rem}
.pair>div:last-child{border-color:var(--accent)}
.pair p{margin:0}.big{font-size:1.9rem;font-weight:600;line-height:1.2}.quiet{color:var(--quiet)}
.aside{border-left:.3rem solid var(--accent);padding:.6rem 1rem;background:var(--soft);margin:1rem 0}
.warn li{margin:.5rem 0}
figure{margin:1rem 0}.wide{overflow-x:auto}
svg{display:block;max-width:100%;height:auto}.wide svg{max-width:none}
svg text{fill:var(--ink);font-family:inherit}.ink{fill:var(--ink)}.accent{fill:var(--accent)}.pale{fill:var(--line)}
line{stroke:var(--ink)}.thin{stroke:var(--line)}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--quiet);padding-bottom:.4rem}
th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th[scope=row]{font-weight:400}th,td{overflow-wrap:break-word}td:last-child{overflow-wrap:anywhere}
.track{position:relative;display:block;height:.7rem;margin-top:.3rem;min-width:5rem}
.track i{position:absolute;top:.25rem;height:.2rem;background:var(--quiet)}
.track b{position:absolute;top:0;width:.25rem;height:.7rem;background:var(--accent)}
details{margin:.8rem 0;border-top:1px solid var(--line);padding-top:.6rem}summary{cursor:pointer;font-weight:600}
pre{overflow:auto;max-height:30rem;background:var(--soft);padding:1rem;font-size:.8rem}
a{color:var(--accent)}
@media print{details:not([open])>*{display:none}body{color:#000;background:#fff}}
"""
