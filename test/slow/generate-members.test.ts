import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from '../cli/project.ts';
import type { Run } from '../cli/project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
  project.write('package.json', '{}');
});
afterEach(() => {
  project.remove();
});

const service = `import { a } from './a.ts';

@Injectable()
export class Service<T> extends Base<T> {
  #one = a;

  run(): number {
    return this.#one;
  }
}

export const routes = {
  list: () => 1,
  get: () => {
    return 2;
  },
};

export const last = {
  one: 1
};

export class Other {
  run(): void {
    a();
  }
}
`;

async function insert(owner: string, body: string, ...more: readonly string[]): Promise<Run> {
  project.write('.booster/templates/member/member.ts', `---\ninto: service.ts\nclass: ${owner}\n---\n${body}`);
  return project.run(['generate', 'member', ...more]);
}

describe('members of a template', () => {
  beforeEach(() => {
    project.write('service.ts', service);
  });

  it('go to the end of a class, with the imports to the imports, and are merged when they change', async () => {
    const body = "import { b } from './b.ts';\n\nstop(): void {\n  b();\n}\n";
    expect((await insert('Service', body, '--write')).exitCode).toBe(0);
    const wanted = service
      .replace("'./a.ts';\n", "'./a.ts';\nimport { b } from './b.ts';\n")
      .replace('#one;\n  }\n', '#one;\n  }\n\n  stop(): void {\n    b();\n  }\n');
    expect(project.read('service.ts')).toBe(wanted);
    expect((await insert('Service', body, '--check')).exitCode).toBe(0);
    expect((await insert('Service', body.replace('b();', 'b(1);'), '--write')).exitCode).toBe(0);
    expect(project.read('service.ts')).toBe(wanted.replace('b();', 'b(1);'));
  });

  it('go to the end of an object', async () => {
    expect((await insert('routes', 'create: () => 3,\n', '--write')).exitCode).toBe(0);
    expect(project.read('service.ts')).toBe(
      service.replace('return 2;\n  },\n', 'return 2;\n  },\n  create: () => 3,\n'),
    );
  });

  it.each([
    ['a member of that name is there', 'Service', 'run(): number {\n  return 7;\n}\n'],
    ['one with other parameters is there', 'Service', 'run(a: string): number {\n  return 7;\n}\n'],
    ['a comma is missing before it', 'last', 'two: 2,\n'],
    ['there is no such class', 'Missing', 'a = 1;\n'],
    ['the name is no name', "'a.b'", 'a = 1;\n'],
    ['the result would not parse', 'Service', 'run( {\n'],
    ['the class would end early', 'Service', 'x = 1;\n}\n\nexport class More {\n'],
  ])('are refused when %s', async (_, owner, body) => {
    const { exitCode, stdout, stderr } = await insert(owner, body, '--write');
    expect([stdout, project.read('service.ts')]).toEqual(['', service]);
    expect([exitCode, stderr]).toEqual([expect.toBeOneOf([1, 2]), expect.stringMatching(/^error: .*service\.ts: /)]);
  });

  it('keep line ends of Windows', async () => {
    const windows = service.replaceAll('\n', '\r\n');
    project.write('service.ts', windows);
    expect((await insert('Other', 'stop(): void {}\n', '--write')).exitCode).toBe(0);
    expect(project.read('service.ts')).toBe(
      windows.replace('a();\r\n  }\r\n', 'a();\r\n  }\r\n\r\n  stop(): void {}\r\n'),
    );
  });
});
