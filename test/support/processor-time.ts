/** Starts to count; answers milliseconds of processor time, which a busy machine does not lengthen. */
export function processorTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
