/**
 * What a hostile model, file, page or program may say, for the unit tests of what draws it and for one scenario in the real
 * editor. Whatever of it runs, sets `window.hostile`; whatever of it loads, asks `evil.example`.
 */
const run = 'window.hostile=1;top.hostile=1';
const far = 'https://evil.example';

const tags = [
  `<script>${run}</script>`,
  `<script src="${far}/a.js"></script>`,
  `<ScRiPt\t>${run}</sCrIpT >`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<img src=x onerror="${run}">`,
  `<img src="${far}/pixel.png">`,
  `<img srcset="${far}/pixel.png 1x">`,
  `<svg onload="${run}"><circle r="9"/></svg>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><a xlink:href="javascript:${run}"><text>x</text></a></svg>`,
  `<svg><use href="${far}/a.svg#x"/></svg>`,
  `<svg><animate onbegin="${run}" attributeName=x dur=1s>`,
  `<svg><foreignObject><iframe srcdoc="<script>${run}</script>"></iframe></foreignObject></svg>`,
  `<iframe src="${far}"></iframe>`,
  `<iframe srcdoc="<script>${run}</script>"></iframe>`,
  `<object data="javascript:${run}"></object><embed src="${far}/x.swf">`,
  `<form action="${far}"><input name=a autofocus onfocus="${run}"><button>Go</button></form>`,
  `<style>*{background:url(${far}/css)!important} #root{display:none}</style>`,
  `<div style="position:fixed;inset:0;z-index:9999;background:url(${far}/style)">over everything</div>`,
  `<link rel=stylesheet href="${far}/a.css"><link rel=prefetch href="${far}/b">`,
  `<meta http-equiv="refresh" content="0;url=${far}"><base href="${far}/">`,
  `<video autoplay src="${far}/v.mp4"><source onerror="${run}"></video><audio src="${far}/a.mp3">`,
  `<details open ontoggle="${run}"><summary>x</summary></details>`,
  `<math><mtext></p><style><img src=x onerror="${run}"></style></mtext></math>`,
  `<math href="javascript:${run}">x</math>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<template><img src=x onerror="${run}"></template>`,
  `<table background="${far}/t"><td background="javascript:${run}">`,
  `<body onload="${run}"><frameset onload="${run}">`,
  `<marquee onstart="${run}">x</marquee><isindex type=image src=1 onerror="${run}">`,
  `<!-- <img src=x onerror="${run}"> --> <!--><img src=x onerror="${run}">-->`,
  `<![CDATA[<img src=x onerror="${run}">]]>`,
  `<?xml-stylesheet href="javascript:${run}"?><!DOCTYPE x [<!ENTITY a "&b;">]>`,
  `<button data-action="terminal">rm -rf</button><span data-path="/etc/passwd">x</span>`,
  `<vscode-link command="command:workbench.action.terminal.new">x</vscode-link>`,
  `<a href="javascript:${run}" target=_top>x</a><a href="${far}" ping="${far}/ping">y</a>`,
  `<input type=image src="${far}/i"><p onclick="${run}" onmouseover="${run}">x</p>`,
  `<xss id=x tabindex=0 onfocus="${run}">x</xss><div id=root>x</div><img name=getElementById>`,
];

const links = [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `&#106;avascript:${run}`,
  `javascript&colon;${run}`,
  `\\x6aavascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  'data:text/html;base64,PHNjcmlwdD53aW5kb3cuaG9zdGlsZT0xPC9zY3JpcHQ+',
  'data:image/svg+xml,<svg onload=window.hostile=1>',
  'vbscript:msgbox(1)',
  'command:workbench.action.terminal.new',
  'command:sage.newSession?%5B%22x%22%5D',
  'vscode://file/etc/passwd',
  'vscode-insiders://x',
  'file:///etc/passwd',
  'file://evil.example/share',
  '//evil.example/x',
  '\\\\evil.example\\share',
  'blob:https://evil.example/x',
  'about:blank',
  'mailto:a@evil.example',
  'ws://evil.example',
  'feed:javascript:alert(1)',
  ' javascript:window.hostile=1',
  'https://evil.example/"onmouseover="window.hostile=1',
  'https://user:word@evil.example/',
];

const many = (count, text) => Array.from({ length: count }, (_, index) => text(index)).join('');

/** Markdown by what it tries. */
export const markdown = {
  'tags that run, load, submit or cover': tags.join('\n\n'),
  'the same in the middle of lines': tags.map((tag) => `Text ${tag.replaceAll('\n', ' ')} and more.`).join('\n'),
  'the same in lists, quotes and tables': `${tags.map((tag) => `- ${tag}\n> ${tag}`).join('\n')}\n\n|a|\n|-|\n${tags.map((tag) => `|${tag.replaceAll('|', '')}|`).join('\n')}`,
  'the same in code': tags.map((tag) => `\`${tag}\`\n\n\`\`\`html\n${tag}\n\`\`\`\n`).join('\n'),
  'links that are no links': links.map((link) => `- [click](${link}) [click](<${link}>) <${link}> ${link}`).join('\n'),
  'images from elsewhere': [...links, `${far}/track.png`, `${far}/a.svg`]
    .map((link) => `![${link}](${link} "title" )`)
    .join('\n\n'),
  'references and footnotes': `${links.map((_, index) => `[a${index}][r${index}] [^${index}]`).join(' ')}\n\n${links.map((link, index) => `[r${index}]: ${link} "onmouseover=alert(1)"\n\n[^${index}]: [x](${link})`).join('\n\n')}`,
  'fences that break out': [
    '```"><img src=x onerror=window.hostile=1>\ncode\n```',
    '```ts onload=window.hostile=1 "><svg onload=window.hostile=1>\n</code></pre><script>window.hostile=1</script>\n```',
    '~~~ ../../etc/passwd"onclick="window.hostile=1\nx\n~~~',
    '`</code><img src=x onerror=window.hostile=1>`',
  ].join('\n\n'),
  'a fence without an end': `\`\`\`js\n${'const x = "<img src=x onerror=window.hostile=1>";\n'.repeat(200)}`,
  'letters that turn text around or hide': [
    'if (role !== "user\u202e \u2066// only for admins\u2069 \u2066") {',
    'a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg',
    `${'\u0301'.repeat(2000)}Zalgo ${'e\u0489\u0488\u0334'.repeat(500)}`,
    'tags \u{e0041}\u{e0042}\u{e0001} and NUL \u0000 and bell \u0007 and \u001b[31mred\u001b[0m',
    '\u202eevil.example/gpj.exe\u202c [\u202etxt.exe](https://evil.example/a)',
  ].join('\n\n'),
  'a word of 100,000 letters': 'w'.repeat(100_000),
  'a link of 100,000 letters': `[${'x'.repeat(50_000)}](https://evil.example/${'y'.repeat(50_000)})`,
  'code of one long line': `\`${'c'.repeat(50_000)}\`\n\n\`\`\`\n${'d'.repeat(100_000)}\n\`\`\``,
  'a heading without spaces': `# ${'H'.repeat(5_000)}\n\n${'Long'.repeat(2_000)}\n===`,
  'a huge table': `|${many(60, (i) => `h${i}|`)}\n|${'-|'.repeat(60)}\n${many(400, (i) => `|${many(60, (j) => `${i}.${j}|`)}\n`)}`,
  'quotes in quotes': `${'>'.repeat(3_000)} deep`,
  'lists in lists': many(300, (i) => `${'  '.repeat(i)}- item ${i}\n`),
  'lists on one line': `${'- '.repeat(3_000)}deep`,
  'brackets that never close': '['.repeat(20_000),
  'brackets in brackets': `${'['.repeat(2_000)}x${']'.repeat(2_000)}(https://evil.example)`,
  'stars that never close': '*a **b '.repeat(5_000),
  'ticks that never close': many(400, (i) => `${'`'.repeat(i + 1)} `),
  'underscores and tildes': '_~~a__'.repeat(5_000),
  'tags that never close': '<a href="'.repeat(5_000),
  entities: `${'&amp;'.repeat(10_000)}${'&#x41;'.repeat(5_000)}&lol9; &#0; &#xD800; &#x10FFFF; &lt;script&gt;`,
  math: `$$\\href{javascript:${run}}{x}$$ $\\unicode{<img src=x onerror="${run}">}$ \\(${'{'.repeat(2_000)}\\)`,
  'ten thousand short lines': 'x\n\n'.repeat(10_000),
  'an address that repeats': `${'http://a.'.repeat(5_000)} ${'www.'.repeat(5_000)} ${'a@'.repeat(5_000)}b`,
  'spaces and tabs': `a${' '.repeat(50_000)}b${'\t'.repeat(10_000)}c${'\n'.repeat(5_000)}`,
};

/** Output of commands by what it tries. */
export const output = {
  tags: tags.join('\n'),
  'escapes for links, titles and the clipboard': [
    '\u001b]8;;javascript:window.hostile=1\u001b\\click\u001b]8;;\u001b\\',
    '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
    '\u001b]0;title\u0007\u001b]52;c;ZXZpbA==\u0007\u001bP$q"p\u001b\\\u001b[6n',
    '\u001b[38;2;1;1;1;url(https://evil.example)mX\u001b[0m \u001b[31;url(x)mX\u001b[0m',
    '\u001b[2J\u001b[H\u001b[999;999Hover \u001b[?1049h\u001b[10000A',
    '\u001b[8mhidden\u001b[0m \u009b31mC1\u009b0m \u001b[31"><img src=x onerror=window.hostile=1>m',
  ].join('\n'),
  'letters that turn text around or hide': 'a\u202eb\u2066c\u200bd\u0000e\u0008\u0008f\u007fg\ufeffh',
  'a word of 100,000 letters': 'w'.repeat(100_000),
  returns: 'x\r'.repeat(20_000),
  'colours that never end': '\u001b[31m\u001b[1m'.repeat(10_000),
  'a stack of letters': `e${'\u0301'.repeat(20_000)}`,
};

/** Names: of files, tools, rules, sessions. */
export const names = [
  `<img src=x onerror="${run}">`,
  `"><script>${run}</script>`,
  `javascript:${run}`,
  'command:workbench.action.terminal.new',
  `a\u202egpj.exe`,
  'a\u200bb\u0000c\nsecond line',
  `${'n'.repeat(3_000)}.txt`,
  '../../../../etc/passwd',
  '{{constructor.constructor("window.hostile=1")()}}',
  '$(window.hostile=1)',
];
