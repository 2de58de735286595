using System.Collections.Concurrent;
using System.Diagnostics;

namespace Conclude.Testing.Load;

/// <summary>What the widgets sent, what was acknowledged to them, and everything that was answered.</summary>
internal sealed class Journal
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(120);
    private readonly ConcurrentDictionary<Guid, EventEntry> _events = [];
    private readonly ConcurrentDictionary<Guid, PromptEntry> _prompts = [];
    private readonly ConcurrentDictionary<string, (PromptEntry Prompt, long Since)> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Answered> _answers = [];
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<(long From, long To)> _gone = [];
    private long _acknowledged;

    public IReadOnlyDictionary<Guid, EventEntry> Events => _events;

    public IReadOnlyDictionary<Guid, PromptEntry> Prompts => _prompts;

    public IReadOnlyCollection<Answered> Answers => _answers;

    /// <summary>What no widget may be told, noticed when it was told.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Events and steps acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public EventEntry Add(string user, string name) => _events.GetOrAdd(Guid.CreateVersion7(), id => new EventEntry(id, user, name));

    public void Complain(string what) => _complaints.Enqueue(what);

    public void Add(Answered answer) => _answers.Enqueue(answer);

    /// <summary>The process was dead, or its connections were cut on purpose, in this time: connections may fail.</summary>
    public void ConnectionsMayFail(long from, long to) => _gone.Enqueue((from, to));

    /// <summary>Whether a connection that failed had a reason.</summary>
    public bool HadReason(Answered failed) => _gone.Any(g => failed.Ended >= g.From && failed.Started <= g.To);

    /// <summary>The first answer to an event stands; every later one must agree with it.</summary>
    public void Acknowledge(EventEntry entry, string? verdict)
    {
        lock (entry)
        {
            if (!entry.Acknowledged)
            {
                entry.Acknowledged = true;
                entry.Verdict = verdict;
                Interlocked.Increment(ref _acknowledged);
            }
            else if (entry.Verdict != verdict)
            {
                Complain($"event {entry.Id} was {entry.Verdict} first and {verdict} when it was sent again");
            }
        }
    }

    /// <summary>A prompt came with an event.</summary>
    /// <returns>Null when this user was given it before.</returns>
    public PromptEntry? Offered(EventEntry entry, Guid id)
    {
        lock (entry)
        {
            if (entry.Prompt is { } earlier && earlier != id)
            {
                Complain($"event {entry.Id} came with prompt {earlier} first and with {id} when it was sent again");
            }

            entry.Prompt = id;
        }

        var prompt = new PromptEntry(id, entry.User, entry.Name);
        if (!_prompts.TryAdd(id, prompt))
        {
            return null;
        }

        var now = Stopwatch.GetTimestamp();
        _open.AddOrUpdate(entry.User, (prompt, now), (_, other) =>
        {
            // Until it ends or its lease does, no other may be given to this user.
            if (!other.Prompt.Closing && Stopwatch.GetElapsedTime(other.Since, now) < Lease)
            {
                Complain($"user {entry.User} was given prompt {id} while {other.Prompt.Id} was live");
            }

            return (prompt, now);
        });
        return prompt;
    }

    public void Acknowledge(PromptEntry prompt, string step)
    {
        prompt.Acknowledge(step);
        Interlocked.Increment(ref _acknowledged);
    }
}
