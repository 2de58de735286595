using System.Collections.Immutable;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Tenants;

/// <summary>The stored document of a workspace; null until it is created.</summary>
[GenerateSerializer, Alias("Conclude.TenantState")]
public sealed class TenantState
{
    [Id(0)] public WorkspaceSnapshot? Document { get; set; }

    /// <summary>On offer, or ended by their time.</summary>
    [Id(1)] public ImmutableArray<Invite> Invites { get; set; } = [];

    /// <summary>Entries of the audit log, written with the changes they tell of, that may not be in the ledger yet; the oldest first.</summary>
    [Id(2)] public ImmutableArray<AuditEntry> Outbox { get; set; } = [];

    /// <summary>The number of the last entry.</summary>
    [Id(3)] public long LastEntry { get; set; }

    /// <summary>What changes of the document are to tell webhooks and is not known to be in their outbox.</summary>
    [Id(20)] public ImmutableArray<ToldFact> Untold { get; set; } = [];
}
