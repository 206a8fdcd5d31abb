// The one transform that jscodeshift runs for bench-optimize.mjs: `xs.filter(f)[0]` becomes `xs.find(f)`, whatever xs is.
module.exports = (file, { jscodeshift }) => {
  const root = jscodeshift(file.source);
  const found = root.find(jscodeshift.MemberExpression, {
    computed: true,
    property: { value: 0 },
    object: { type: 'CallExpression', callee: { type: 'MemberExpression', property: { name: 'filter' } } },
  });
  if (found.length === 0) return undefined;
  found.replaceWith(({ node }) => {
    node.object.callee.property = jscodeshift.identifier('find');
    return node.object;
  });
  return root.toSource();
};
