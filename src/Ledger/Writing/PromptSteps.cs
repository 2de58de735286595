namespace Conclude.Ledger.Writing;

/// <summary>What a step of a prompt means for the counters.</summary>
internal static class PromptSteps
{
    /// <summary>Adds what is new in <paramref name="after"/>, each in the hour of its own time.</summary>
    public static void Move(NameState name, Prompt before, Prompt after)
    {
        MoveIfNew(name, before.SeenAt, after.SeenAt, CounterColumns.Seen);
        MoveIfNew(name, before.DismissedAt, after.DismissedAt, CounterColumns.Dismissed);
        MoveIfNew(name, before.CommentedAt, after.CommentedAt, CounterColumns.Comments);
        if (IsFirstReaction(before, after))
        {
            name.Move(UtcTime.Ms(after.ReactedAt!.Value), CounterColumns.Of(after.Reaction!.Value));
        }
    }

    public static bool IsFirstReaction(Prompt before, Prompt after) => before.Reaction is null && after.Reaction is not null;

    public static bool IsAnswer(Prompt before, Prompt after) =>
        IsFirstReaction(before, after) || (before.CommentedAt is null && after.CommentedAt is not null);

    /// <summary>Whether the stored row is still the one the step was decided on, to the millisecond.</summary>
    public static bool IsSame(Prompt stored, Prompt read) =>
        stored.Event == read.Event && stored.UserKey == read.UserKey && stored.Test == read.Test
        && stored.View == read.View && stored.Reaction == read.Reaction && stored.Comment == read.Comment
        && stored.LeaseUntil == UtcTime.Stored(read.LeaseUntil) && stored.LiveUntil == UtcTime.Stored(read.LiveUntil)
        && stored.SeenAt == UtcTime.Stored(read.SeenAt) && stored.ReactedAt == UtcTime.Stored(read.ReactedAt)
        && stored.CommentedAt == UtcTime.Stored(read.CommentedAt) && stored.DismissedAt == UtcTime.Stored(read.DismissedAt);

    /// <summary>The prompt as it will be read back.</summary>
    public static Prompt Stored(Prompt prompt) => prompt with
    {
        GrantedAt = UtcTime.Stored(prompt.GrantedAt),
        LeaseUntil = UtcTime.Stored(prompt.LeaseUntil),
        LiveUntil = UtcTime.Stored(prompt.LiveUntil),
        SeenAt = UtcTime.Stored(prompt.SeenAt),
        ReactedAt = UtcTime.Stored(prompt.ReactedAt),
        CommentedAt = UtcTime.Stored(prompt.CommentedAt),
        DismissedAt = UtcTime.Stored(prompt.DismissedAt),
    };

    private static void MoveIfNew(NameState name, DateTimeOffset? before, DateTimeOffset? after, int column)
    {
        if (before is null && after is { } at)
        {
            name.Move(UtcTime.Ms(at), column);
        }
    }
}
