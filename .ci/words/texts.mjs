// Finds what people read in a file: text for people stays where it is, everything else becomes spaces, so that the line
// and the column of a finding are those of the file. Code within a sentence becomes a sign, which no rule takes for a word.
const SIGN = '§';

/** Returns the text of a Markdown file without code, addresses, tags and the head of the file. */
export function markdown(source) {
  let text = source.replace(/^---\n[\s\S]*?\n---\n/, blank);
  text = text.replace(/^( *)(```+|~~~+)[\s\S]*?^\1\2/gm, blank);
  text = text.replace(/^ {0,3}\[[^\]\n]+\]: .*$/gm, blank);
  return withoutCode(text.replace(/\]\([^)\s]*\)/g, (link) => ']' + blank(link.slice(1))));
}

/** Returns the text of the documentation comments of a Java or Kotlin file. */
export function javadoc(source) {
  return only(source, /\/\*\*(?!\/)[\s\S]*?\*\//g, (comment) => {
    let text = comment.replace(/^\/\*\*|\*\/$/g, blank).replace(/^ *\*/gm, blank);
    text = text.replace(/<pre>[\s\S]*?<\/pre>/g, blank).replace(/```[\s\S]*?```/g, blank);
    text = withoutInlineTags(text);
    text = text.replace(/@(param|throws|exception|property)\s+\S+/g, blank).replace(/@see\b.*/g, blank);
    return withoutCode(text.replace(/@\w+/g, blank).replace(/\[[\w.]+\]/g, sign));
  });
}

/** Returns the summaries and descriptions of a file of the description of the API. */
export function description(source) {
  const lines = source.split('\n');
  const kept = lines.map(blank);
  for (let i = 0; i < lines.length; i++) {
    const key = /^( *(?:- )?)(?:description|summary): *(\S.*)$/.exec(lines[i]);
    if (!key) continue;
    const value = /^[|>]-?$/.test(key[2]) ? '' : key[2];
    kept[i] = value.padStart(lines[i].length);
    while (i + 1 < lines.length && (lines[i + 1] === '' || lines[i + 1].search(/\S/) > key[1].length)) {
      i += 1;
      kept[i] = lines[i];
    }
  }
  return withoutCode(kept.join('\n'));
}

function withoutCode(text) {
  return text
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(`+)[^`][\s\S]*?\1/g, sign)
    .replace(/https?:\/\/[^\s)>]+/g, sign)
    .replace(/<\/?[a-z][^>]*>/gi, blank)
    .replace(/&#?\w+;/g, sign);
}

/** Replaces `{@code ...}` and other tags, which may contain braces. */
function withoutInlineTags(text) {
  let result = text;
  for (let start = result.indexOf('{@'); start >= 0; start = result.indexOf('{@', start + 1)) {
    let depth = 0;
    let end = start;
    do {
      depth += result[end] === '{' ? 1 : result[end] === '}' ? -1 : 0;
      end += 1;
    } while (depth > 0 && end < result.length);
    result = result.slice(0, start) + sign(result.slice(start, end)) + result.slice(end);
  }
  return result;
}

function only(source, pattern, change) {
  let result = '';
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    result += blank(source.slice(end, match.index)) + change(match[0]);
    end = match.index + match[0].length;
  }
  return result + blank(source.slice(end));
}

function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}

function sign(text) {
  return text.replace(/\S/g, SIGN);
}
