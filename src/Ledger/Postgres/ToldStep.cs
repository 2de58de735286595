using System.Collections.Immutable;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>An answer that webhooks are to hear of.</summary>
internal sealed record ToldStep(WorkspaceState Workspace, string Type, DateTimeOffset At, Guid Prompt, ImmutableArray<string> Webhooks)
{
    public static ToldStep Of(WorkspaceState workspace, Prompt before, Prompt after, ImmutableArray<string> webhooks) =>
        PromptSteps.IsFirstReaction(before, after)
            ? new(workspace, FactTypes.ReactionCreated, after.ReactedAt!.Value, after.Id, webhooks)
            : new(workspace, FactTypes.CommentCreated, after.CommentedAt!.Value, after.Id, webhooks);
}
