/**
 * How much a figure grows over the second half of a run, by linear regression, as a share of its mean there: 0 is flat, 0.1
 * means that the line through it rises by a tenth of the mean.
 * @param {readonly number[]} values in the order in which they were taken, at equal distances
 */
export function growthOfSecondHalf(values) {
  const half = values.slice(Math.floor(values.length / 2));
  const middle = (half.length - 1) / 2;
  const mean = half.reduce((sum, value) => sum + value, 0) / half.length;
  let rise = 0;
  let run = 0;
  half.forEach((value, index) => {
    rise += (index - middle) * (value - mean);
    run += (index - middle) ** 2;
  });
  return run === 0 || mean === 0 ? 0 : ((rise / run) * (half.length - 1)) / mean;
}
