namespace Conclude.Ledger.Outbox;

/// <summary>The types of facts that the ledger itself writes to the outbox.</summary>
public static class FactTypes
{
    public const string ReactionCreated = "reaction.created";
    public const string CommentCreated = "comment.created";
    public const string AlertRaised = "alert.raised";
}
