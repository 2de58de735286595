using System.Globalization;

namespace Conclude.Bench.Runner;

/// <summary>Asks a product that was started with the hook of <c>bench/HeapProbe</c> what it keeps in memory.</summary>
internal static class HeapProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="file">Where the hook was told to write.</param>
    /// <returns>Bytes of objects after a full collection, and of the whole process then.</returns>
    public static async Task<(long Heap, long Resident)> Collected(int process, string file)
    {
        File.Delete(file);
        await Shell.Run("kill", "-USR1", string.Create(CultureInfo.InvariantCulture, $"{process}"));
        var started = TimeProvider.System.GetTimestamp();
        while (!File.Exists(file))
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new BenchException("The product did not tell its memory.");
            }

            await Task.Delay(50);
        }

        return (long.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture), Cpu.Resident(process));
    }
}
