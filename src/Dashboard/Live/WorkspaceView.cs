using System.Collections.Immutable;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Live;

/// <summary>What a process knows of a workspace at one moment; all its open pages show the same.</summary>
/// <param name="Workspace">The configuration in force.</param>
/// <param name="Fires">The newest, newest first; kept up to date only while somebody watches them.</param>
/// <param name="Answers">Another number after every commit of answers.</param>
/// <param name="Behind">The last look at the server's state failed; it is tried again every second.</param>
/// <param name="Gone">There is no such workspace any more.</param>
internal sealed record WorkspaceView(
    WorkspaceSnapshot Workspace, ImmutableSortedDictionary<string, EventRow> Events, ImmutableArray<RecentFire> Fires, long Answers, bool Behind = false, bool Gone = false);
