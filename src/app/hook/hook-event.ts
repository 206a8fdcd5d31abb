/** The coding agents whose post-edit events are understood. */
export const hookAgents = ['claude', 'codex', 'gemini', 'copilot', 'cursor', 'windsurf', 'opencode'] as const;

export type HookAgent = (typeof hookAgents)[number];

/** One replacement of an edit: what stood there and what stands there now. */
export interface Replacement {
  readonly before: string;
  readonly after: string;
  /** Line of `after` in the edited file, 1-based, when the event says so. */
  readonly line?: number;
  /** Every occurrence was replaced. */
  readonly isEverywhere?: boolean;
}

/** What an event tells about a file before the edit. */
export type ToldBefore =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'created' }
  | { readonly kind: 'replacements'; readonly replacements: readonly Replacement[] }
  | { readonly kind: 'untold' };

export interface EditedFile {
  /** As the event has it: absolute, or relative to its folder. */
  readonly path: string;
  readonly before: ToldBefore;
}

/** A post-edit event, whatever agent it is from. */
export interface HookEvent {
  readonly agent: HookAgent;
  /** The folder that relative paths refer to, when the event names one. */
  readonly cwd?: string;
  /** Folders of the agent's workspace that the event names. */
  readonly roots: readonly string[];
  /** Empty when the event is of another kind, of another tool, or of a tool that failed. */
  readonly files: readonly EditedFile[];
}
