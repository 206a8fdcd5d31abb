import type { GeneratorInput, GeneratorMeta } from '../generator.ts';

/** The texts of `.booster/templates/<name>/`. */
export interface TemplateSource {
  /** Name of the folder, which is the name of the template. */
  readonly name: string;
  /** `template.yaml`, when there is one. */
  readonly about?: GeneratorInput;
  /** All other files, sorted. */
  readonly files: readonly GeneratorInput[];
}

/** A file that a template makes, or code that it puts into one. Paths are relative to the root of the project, and not checked yet. */
export interface TemplateFile {
  /** The file of the template, for messages. */
  readonly source: string;
  readonly body: string;
  readonly place: TemplatePlace;
}

export type TemplatePlace =
  | { readonly to: string; readonly into?: never }
  | {
      readonly to?: never;
      readonly into: string;
      /** A piece of the line behind which the code goes. */
      readonly after?: string;
      /** The class or object whose members the body is. */
      readonly owner?: string;
      /** A file that holds this is left alone. */
      readonly unless?: string;
    };

export interface Template {
  readonly meta: GeneratorMeta;
  /**
   * @param options all of `meta.options`, with their defaults
   * @throws BoosterError E_GENERATE_NAME, E_GENERATE_OPTION, E_GENERATE_TEMPLATE
   */
  readonly render: (name: string | undefined, options: Readonly<Record<string, string>>) => readonly TemplateFile[];
}
