import type ts from 'typescript';

let project: typeof ts | undefined;

/** Says which TypeScript {@link projectTypeScript} is from now on. */
export function useTypeScript(typescript: typeof ts): void {
  project = typescript;
}

/**
 * The TypeScript of the project that a command works on. scripts/build.mjs gives it to ts-json-schema-generator in place of a package
 * `typescript` of its own: nodes of one version mean nothing to another one.
 *
 * @public
 */
export const projectTypeScript = new Proxy({} as typeof ts, {
  get: (_, key) => (project === undefined ? undefined : (Reflect.get(project, key) as unknown)),
});
