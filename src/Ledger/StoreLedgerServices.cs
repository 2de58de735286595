using Conclude.Ledger.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Conclude.Ledger;

internal static class StoreLedgerServices
{
    public static IServiceCollection AddStoreLedger(this IServiceCollection services, Func<IServiceProvider, StoreLedger> create)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(create);
        services.AddSingleton<ILedger>(static s => s.GetRequiredService<StoreLedger>());
        services.AddSingleton<ILedgerReports>(static s => s.GetRequiredService<StoreLedger>());
        services.AddSingleton<ILedgerSearch>(static s => s.GetRequiredService<StoreLedger>());
        services.AddSingleton<ILedgerUpkeep>(static s => s.GetRequiredService<StoreLedger>());
        services.AddSingleton<ILedgerAudit>(static s => s.GetRequiredService<StoreLedger>());
        services.AddSingleton<IOutbox>(static s => s.GetRequiredService<StoreLedger>());
        return services.AddHostedService<StoreLedgerService>();
    }
}
