namespace Conclude.Ledger.Writing;

internal sealed class ChangeOperation : Operation<bool>
{
    public ChangeOperation(PromptChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.Id != before.Id || after.Event != before.Event || after.Test != before.Test)
        {
            throw new ArgumentException("A step leaves the prompt's id, event and test flag alone.", nameof(change));
        }
        if (Loses(before.SeenAt, after.SeenAt) || Loses(before.DismissedAt, after.DismissedAt) || Loses(before.CommentedAt, after.CommentedAt)
            || (before.Reaction is not null && after.Reaction != before.Reaction) || (after.Reaction is null != after.ReactedAt is null)
            || (after.Comment is not null && after.CommentedAt is null))
        {
            throw new ArgumentException("A step adds to a prompt; counters only grow.", nameof(change));
        }
        Change = change;
        Bytes = base.Bytes + 2 * (after.Comment?.Length ?? 0);
    }

    public PromptChange Change { get; }

    public override long Bytes { get; }

    private static bool Loses(DateTimeOffset? before, DateTimeOffset? after) => before is not null && after is null;
}
