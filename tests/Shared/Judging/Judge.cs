using System.Net;
using Conclude.Testing.Load;

namespace Conclude.Testing.Judging;

/// <summary>
/// Holds the journal of what was acknowledged against the rows of the store, the rows against the sums, and the sums against what the
/// API says. Everything must be in it that was acknowledged, once, and nothing that was not sent.
/// </summary>
internal static class Judge
{
    /// <summary>Journal against rows.</summary>
    /// <param name="clockStepped">The server's clock went back, so that times do not tell which prompt was live when; the journal does.</param>
    public static IEnumerable<string> Rows(Journal journal, List<StoredEvent> events, List<StoredPrompt> prompts, bool clockStepped = false)
    {
        foreach (var twice in events.GroupBy(static e => e.Id).Where(static g => g.Count() > 1))
        {
            yield return $"event {twice.Key} is stored {twice.Count()} times";
        }

        var stored = events.DistinctBy(static e => e.Id).ToDictionary(static e => e.Id);
        foreach (var complaint in journal.Events.Values.SelectMany(e => Event(e, stored.GetValueOrDefault(e.Id))))
        {
            yield return complaint;
        }

        foreach (var stray in stored.Keys.Where(id => !journal.Events.ContainsKey(id)))
        {
            yield return $"event {stray} is stored and nobody sent it";
        }

        var granted = prompts.DistinctBy(static p => p.Id).ToDictionary(static p => p.Id);
        if (granted.Count < prompts.Count)
        {
            yield return "a prompt is stored twice";
        }

        foreach (var complaint in journal.Prompts.Values.SelectMany(p => Prompt(p, granted.GetValueOrDefault(p.Id))))
        {
            yield return complaint;
        }

        var asked = events.Where(static e => e.Prompt is not null).Select(static e => e.Prompt!.Value).ToHashSet();
        foreach (var stray in prompts.Where(p => !asked.Contains(p.Id)))
        {
            yield return $"prompt {stray.Id} is stored and no event brought it";
        }

        foreach (var silent in prompts.Where(p => !journal.Prompts.ContainsKey(p.Id) && (p.IsSeen || p.IsDismissed || p.Reaction is not null)))
        {
            yield return $"prompt {silent.Id} was answered and nobody was given it";
        }

        foreach (var complaint in prompts.GroupBy(static p => p.UserKey).SelectMany(user => clockStepped ? [] : OneAtATime([.. user])))
        {
            yield return complaint;
        }
    }

    /// <summary>What was answered, and when connections failed.</summary>
    public static IEnumerable<string> Answers(Journal journal)
    {
        foreach (var answer in journal.Answers)
        {
            var wrong = answer.Status switch
            {
                0 => !journal.HadReason(answer),
                (int)HttpStatusCode.ServiceUnavailable => !answer.RetryAfter,
                _ => !answer.IsSuccess,
            };
            if (wrong)
            {
                yield return $"{answer.What} was answered {answer.Status} after {answer.Took.TotalMilliseconds:0} ms{(answer.RetryAfter ? " with Retry-After" : "")}: {answer.Detail}";
            }
        }
    }

    private static IEnumerable<string> Event(EventEntry sent, StoredEvent? stored)
    {
        if (!sent.Acknowledged)
        {
            // Stored all the same, or not: nobody was told.
            yield break;
        }

        if (stored is null)
        {
            yield return $"event {sent.Id} was acknowledged and is not stored";
            yield break;
        }

        if (stored.Name != sent.Name || !stored.UserKey.EndsWith(sent.User, StringComparison.Ordinal))
        {
            yield return $"event {sent.Id} was {sent.Name} of {sent.User} and is stored as {stored.Name} of {stored.UserKey}";
        }

        if (stored.Verdict != sent.Verdict)
        {
            yield return $"event {sent.Id} was told {sent.Verdict} and is stored as {stored.Verdict}";
        }

        if (sent.Prompt is { } prompt && stored.Prompt != prompt)
        {
            yield return $"event {sent.Id} came with prompt {prompt} and is stored with {stored.Prompt}";
        }
    }

    private static IEnumerable<string> Prompt(PromptEntry given, StoredPrompt? stored)
    {
        if (stored is null)
        {
            yield return $"prompt {given.Id} was given and is not stored";
            yield break;
        }

        if (stored.Name != given.Name || !stored.UserKey.EndsWith(given.User, StringComparison.Ordinal))
        {
            yield return $"prompt {given.Id} was for {given.Name} of {given.User} and is stored as {stored.Name} of {stored.UserKey}";
        }

        var reacted = given.Step("reaction");
        (string Step, string? Value)[] steps =
        [
            ("seen", stored.View), ("reaction", stored.Reaction), ("comment", stored.Comment),
            // After an answer it closes the box and is no dismissal.
            ("dismiss", stored.IsDismissed || reacted is not null ? "" : null),
        ];
        foreach (var (step, value) in steps)
        {
            var sent = given.Step(step);
            if (sent is { Acknowledged: true } told && told.Value != value)
            {
                yield return $"the {step} of prompt {given.Id} was acknowledged as '{told.Value}' and is stored as '{value ?? "nothing"}'";
            }
            else if (sent is null && value is { Length: > 0 })
            {
                yield return $"prompt {given.Id} has a {step} that nobody sent: '{value}'";
            }
        }

        if (stored.IsDismissed && (given.Step("dismiss") is null || reacted is not null))
        {
            yield return $"prompt {given.Id} counts as dismissed, which it was not";
        }
    }

    private static IEnumerable<string> OneAtATime(List<StoredPrompt> ofUser)
    {
        for (var i = 1; i < ofUser.Count; i++)
        {
            if (ofUser[i].GrantedAt < ofUser[i - 1].LiveUntil)
            {
                yield return $"{ofUser[i].UserKey} was granted prompt {ofUser[i].Id} while {ofUser[i - 1].Id} was live";
            }
        }
    }
}
