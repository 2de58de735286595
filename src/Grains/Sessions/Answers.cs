using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>What a step does to a prompt: pure, so that repeating a call can be told from contradicting it.</summary>
internal static class Answers
{
    /// <summary>A claimed prompt stays live this long unless it is closed.</summary>
    public static readonly TimeSpan LiveAfterSeen = TimeSpan.FromMinutes(10);

    /// <summary>Answers are taken this long after the grant.</summary>
    public static readonly TimeSpan TakenFor = TimeSpan.FromHours(24);

    /// <returns>The status and, when something is to be stored, the prompt after the step.</returns>
    public static (AnswerStatus Status, Prompt? After) Next(Prompt prompt, PromptAnswer answer, DateTimeOffset now)
    {
        if (now >= prompt.GrantedAt + TakenFor)
        {
            return (AnswerStatus.NotFound, null);
        }

        return answer.Step switch
        {
            PromptStep.Seen => Seen(prompt, answer.View, now),
            PromptStep.Reaction => React(prompt, answer.Reaction!.Value, now),
            PromptStep.Comment => Comment(prompt, answer.Text!, now),
            PromptStep.Dismiss => Dismiss(prompt, now),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };
    }

    /// <summary>
    /// Whether another prompt has taken an unclaimed lease's place: it was granted later and is live, or was seen after this one was
    /// granted. Only leases of two browsers that turn out to be one person's, or clocks that disagree, come to that; then the user
    /// is asked once all the same.
    /// </summary>
    /// <param name="all">Every prompt of the user.</param>
    public static bool IsOvertaken(Prompt prompt, IEnumerable<Prompt> all, DateTimeOffset now) =>
        prompt.SeenAt is null && all.Any(other => other.Id != prompt.Id
            && (other.SeenAt?.ToUnixTimeMilliseconds() > prompt.GrantedAt.ToUnixTimeMilliseconds() || (IsLater(other, prompt) && other.IsLive(now))));

    private static bool IsLater(Prompt other, Prompt prompt) =>
        other.GrantedAt > prompt.GrantedAt || (other.GrantedAt == prompt.GrantedAt && other.Id.CompareTo(prompt.Id) > 0);

    private static (AnswerStatus, Prompt?) Seen(Prompt prompt, string? view, DateTimeOffset now)
    {
        if (prompt.SeenAt is not null)
        {
            return (prompt.View == view ? AnswerStatus.Done : AnswerStatus.NotLive, null);
        }

        return now < prompt.LeaseUntil && prompt.DismissedAt is null
            ? (AnswerStatus.Done, prompt with { SeenAt = now, View = view, LiveUntil = now + LiveAfterSeen })
            : (AnswerStatus.NotLive, null);
    }

    private static (AnswerStatus, Prompt?) React(Prompt prompt, Reaction reaction, DateTimeOffset now)
    {
        if (prompt.Reaction is { } earlier)
        {
            return (earlier == reaction ? AnswerStatus.Done : AnswerStatus.AlreadyAnswered, null);
        }

        // A reaction implies seen: it holds the prompt open for the comment, unless it had already stopped being live.
        var seen = prompt.SeenAt ?? now;
        var open = prompt.IsLive(now) && reaction != Reaction.Positive;
        return (AnswerStatus.Done, prompt with
        {
            SeenAt = seen,
            Reaction = reaction,
            ReactedAt = now,
            LiveUntil = open ? seen + LiveAfterSeen : Earlier(prompt.LiveUntil, now),
        });
    }

    private static (AnswerStatus, Prompt?) Comment(Prompt prompt, string text, DateTimeOffset now) => prompt switch
    {
        { Reaction: null } => (AnswerStatus.ReactionRequired, null),
        { Reaction: Reaction.Positive } => (AnswerStatus.CommentNotExpected, null),
        { Comment: { } earlier } => (earlier == text ? AnswerStatus.Done : AnswerStatus.AlreadyAnswered, null),
        _ => (AnswerStatus.Done, prompt with { Comment = text, CommentedAt = now, LiveUntil = Earlier(prompt.LiveUntil, now) }),
    };

    /// <summary>Closes the prompt. Only one that was never answered counts as dismissed: closing the text box is not a dismissal.</summary>
    private static (AnswerStatus, Prompt?) Dismiss(Prompt prompt, DateTimeOffset now)
    {
        if (prompt.DismissedAt is not null || (prompt.Reaction is not null && !prompt.IsLive(now)))
        {
            return (AnswerStatus.Done, null);
        }

        return (AnswerStatus.Done, prompt with
        {
            DismissedAt = prompt.Reaction is null ? now : null,
            LiveUntil = Earlier(prompt.LiveUntil, now),
        });
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
