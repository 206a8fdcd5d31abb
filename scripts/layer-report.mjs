import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

/** Checks src of the checkout `folder` against the layer laws. */
export async function layerReport(folder) {
  const { forbidden, options } = config;
  const { output } = await cruise(
    ['src'],
    { ...options, ruleSet: { forbidden }, validate: true, baseDir: folder },
    { ...options.enhancedResolveOptions, bustTheCache: true },
  );
  const modules = output.modules.filter(({ source }) => source.startsWith('src/'));
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ law: rule.name, from, to }));
  return { moduleCount: modules.length, violations };
}

export const laws = config.forbidden.map(({ name, comment }) => ({ name, comment }));
