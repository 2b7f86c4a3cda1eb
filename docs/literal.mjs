// What pages show as it is written, although VitePress reads pages as templates of Vue.

/** Lets markdown-it show code within a sentence as it is: {{ name }} in it would be evaluated otherwise. */
export function literalCode(md) {
  const inline = md.renderer.rules.code_inline;
  md.renderer.rules.code_inline = (tokens, index, options, env, self) => {
    tokens[index].attrSet('v-pre', '');
    return inline(tokens, index, options, env, self);
  };
}

/** Text where VitePress takes HTML, such as the titles in the sidebar. */
export function html(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
