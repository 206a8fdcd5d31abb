import type { CompletionEntry, CompletionOption } from './completion-words.ts';

export const completionShells = ['bash', 'zsh', 'fish'] as const;

export type CompletionShell = (typeof completionShells)[number];

/** The program that a shell runs at its start to complete `booster`; where nothing of ours fits, files are completed. */
export function completionScript(shell: CompletionShell, entries: readonly CompletionEntry[]): string {
  if (shell === 'fish') return fishScript(entries);
  return shell === 'bash' ? bashScript(entries) : `${zshHead}${bashScript(entries)}`;
}

/** Where nothing of zsh's own completion is switched on, it is. */
const zshHead = `#compdef booster
whence compdef >/dev/null || { autoload -Uz compinit && compinit -i; }
autoload -U +X bashcompinit && bashcompinit
`;

/** Plain bash 3.2, which macOS has, and zsh by its emulation of it, which takes a bare name after a colon for a modifier. */
function bashScript(entries: readonly CompletionEntry[]): string {
  const words = entries.map(({ path, commands, options }) => {
    const all = [...commands.map(({ name }) => name), ...options.flatMap(({ flags }) => flags)];
    return `    '${path}') choices='${all.join(' ')}' ;;`;
  });
  const values = entries.flatMap(({ path, options }) =>
    options
      .filter(({ values: known = [] }) => known.length > 0)
      .map(
        ({ flags, values: known = [] }) =>
          `    ${flags.map((flag) => `'${path} ${flag}'`).join('|')}) choices='${known.join(' ')}' ;;`,
      ),
  );
  const paths = entries.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return `_booster() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' choices='' word next
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do
    next="\${command:+$command }$word"
    case "$next" in ${paths.join('|')}) command="$next" ;; esac
  done
  case "$command $previous" in
${values.join('\n')}
  esac
  [ -n "$choices" ] || case "$command" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _booster booster
`;
}

function fishScript(entries: readonly CompletionEntry[]): string {
  const lines = entries.flatMap(({ path, commands, options }) => {
    const condition = path === '' ? '__fish_use_subcommand' : conditionOf(path);
    const line = (rest: string): string => `complete -c booster -n ${quote(condition)} ${rest}`;
    return [
      ...commands.map(({ name, summary }) => line(`-f -a ${quote(name)} -d ${quote(summary)}`)),
      ...options.map((option) => line(fishOption(option))),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function conditionOf(path: string): string {
  return path
    .split(' ')
    .map((name) => `__fish_seen_subcommand_from ${name}`)
    .join('; and ');
}

function fishOption({ flags, summary, values }: CompletionOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const takes = values === undefined ? [] : values.length === 0 ? ['-r'] : ['-x', '-a', quote(values.join(' '))];
  return [...names, ...takes, '-d', quote(summary)].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
