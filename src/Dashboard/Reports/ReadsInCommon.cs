namespace Conclude.Dashboard.Reports;

/// <summary>
/// Reads of the ledger that pages of this process have in common: whoever asks for what was read already, and has heard of nothing newer, is
/// given the same. So news cost one read, however many pages show them. Belongs to the process; safe for all threads.
/// </summary>
public sealed class ReadsInCommon(TimeProvider time)
{
    /// <summary>Longer than pages take to ask after news, and no longer: what was read may be of people.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<object, Kept> _kept = [];

    /// <param name="what">Equal by value for what is the same to all; the workspace is a part of it.</param>
    /// <param name="version">Equal by value as long as nothing new can be read.</param>
    /// <returns>What was read, and how long the ledger took. Throws what the read throws; who asks next tries again.</returns>
    public Task<(T Read, TimeSpan Took)> Read<T>(object what, object version, Func<Task<T>> read)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(what, out var kept) && kept.Version.Equals(version) && !kept.Read.IsFaulted && !kept.Read.IsCanceled)
            {
                return (Task<(T, TimeSpan)>)kept.Read;
            }

            var reading = Task.Run(async () =>
            {
                var began = time.GetTimestamp();
                return (await read(), time.GetElapsedTime(began));
            });
            _kept[what] = kept = new Kept(version, reading);
            _ = Forget(what, kept);
            return reading;
        }
    }

    private async Task Forget(object what, Kept kept)
    {
        await kept.Read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(KeptFor, time);
        lock (_gate)
        {
            if (_kept.GetValueOrDefault(what) == kept)
            {
                _kept.Remove(what);
            }
        }
    }

    private sealed class Kept(object version, Task read)
    {
        public object Version => version;

        public Task Read => read;
    }
}
