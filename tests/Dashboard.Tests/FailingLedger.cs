using System.Reflection;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>A ledger whose methods fail while a test says so; otherwise it is the one behind it.</summary>
public class FailingLedger : DispatchProxy
{
    public const string Secret = "a secret of the store";
    private ILedger _inner = null!;

    /// <summary>Name of the method that fails; null when none does.</summary>
    public string? Fails { get; set; }

    public static (ILedger Ledger, FailingLedger Switch) Before(ILedger inner)
    {
        var ledger = Create<ILedger, FailingLedger>();
        var failing = (FailingLedger)(object)ledger;
        failing._inner = inner;
        return (ledger, failing);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == Fails
        ? throw new InvalidOperationException(Secret)
        : targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
