import { fileURLToPath } from 'node:url';
import { filesEndingWith, readMeasurement } from '../../files/read-measurement.ts';
import { parseCoverage } from '../../profile/coverage.ts';
import { parseCpuProfile, type CpuProfile } from '../../profile/cpu-profile.ts';
import { MeasuredCode } from '../../profile/measured-code.ts';
import { SourceMaps } from '../../profile/source-maps.ts';
import { BoosterError } from '../../shared/errors.ts';

/** Everything that was measured, read. */
export interface ReadMeasurements {
  readonly code: MeasuredCode;
  readonly profiles: readonly CpuProfile[];
  readonly coverageFiles: number;
  readonly maps: SourceMaps;
}

/**
 * Reads CPU profiles and folders of V8 coverage.
 * @param profiles absolute paths of files
 * @param coverageFolders absolute paths of folders
 * @throws BoosterError E_FILE_NOT_FOUND, E_FILE_NOT_READABLE, E_PROFILE_INVALID, E_COVERAGE_INVALID
 */
export function readMeasurements(profiles: readonly string[], coverageFolders: readonly string[]): ReadMeasurements {
  const read = (url: string): string | undefined => {
    try {
      return readMeasurement(fileURLToPath(url));
    } catch {
      // a file that is gone has no map: its places stay those of the profile
      return undefined;
    }
  };
  const maps = new SourceMaps(read);
  const parsed = profiles.map((path) => parseCpuProfile(readMeasurement(path), path));
  const coverage = coverageFolders.flatMap((folder) => {
    const paths = filesEndingWith(folder, '.json');
    if (paths.length === 0) throw new BoosterError('E_COVERAGE_INVALID', `${folder} has no coverage files (*.json)`);
    return paths.map((path) => parseCoverage(readMeasurement(path), path));
  });
  return {
    code: new MeasuredCode({ profiles: parsed, coverage, maps, read }),
    profiles: parsed,
    coverageFiles: coverage.length,
    maps,
  };
}
