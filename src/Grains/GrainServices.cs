using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Grains;

/// <summary>What a process that hosts grains needs beside the engine and the ledger.</summary>
public static class GrainServices
{
    /// <summary>Call after the engine was added: these services start once grains can be called.</summary>
    public static IServiceCollection AddConcludeGrains(this IServiceCollection services) => services
        .AddWebhooks()
        .AddSingleton<WorkspaceSnapshots>()
        .AddHostedService(static s => s.GetRequiredService<WorkspaceSnapshots>())
        .AddSingleton<KeyUses>()
        .AddHostedService(static s => s.GetRequiredService<KeyUses>())
        .AddSingleton<ICommitListener, ErasedSessions>()
        .AddSingleton<CommitPublisher>()
        .AddSingleton<ICommitListener>(static s => s.GetRequiredService<CommitPublisher>())
        .AddHostedService(static s => s.GetRequiredService<CommitPublisher>());
}
