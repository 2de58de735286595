using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Keys;

/// <summary>
/// When keys were last used. A request leaves a note at most once a minute and key, which costs it no write; the notes are written down
/// every few seconds, and once more when the process stops.
/// </summary>
public sealed partial class KeyUses(IGrainFactory grains, TimeProvider time, ILogger<KeyUses> log) : BackgroundService
{
    /// <summary>Between two notes of a key in this process.</summary>
    public static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan WrittenEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _notes = new(StringComparer.Ordinal);

    /// <param name="hash">SHA-256 of the key, lower-case hex.</param>
    public void Note(string hash) => _notes[hash] = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Write();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WrittenEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Write();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written by the stop.
        }
    }

    private async Task Write()
    {
        foreach (var (hash, at) in _notes)
        {
            try
            {
                await grains.Key(hash).NoteUse(at);
                // A later note stays for the next round.
                _notes.TryRemove(new(hash, at));
            }
            catch (Exception reason)
            {
                LogNotWritten(log, reason.GetType().Name);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "When keys were last used could not be written ({Reason}); it is tried again in five seconds")]
    private static partial void LogNotWritten(ILogger log, string reason);
}
