using System.Reflection;
using Conclude.Ledger.Outbox;

namespace Conclude.Ledger.Tests;

/// <summary>All that a ledger can be asked.</summary>
internal interface ILedgerWhole : ILedger, ILedgerReports, ILedgerSearch, ILedgerUpkeep, ILedgerAudit, IOutbox;

/// <summary>A ledger that notes which of its methods are called.</summary>
internal class CalledMethods : DispatchProxy
{
    private StoreLedger _ledger = null!;
    private HashSet<string> _called = [];

    public static ILedgerWhole Of(StoreLedger ledger, HashSet<string> called)
    {
        var whole = Create<ILedgerWhole, CalledMethods>();
        var noting = (CalledMethods)(object)whole;
        (noting._ledger, noting._called) = (ledger, called);
        return whole;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _called.Add(targetMethod!.Name);
        return targetMethod.Invoke(_ledger, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
