using System.Reflection;
using Conclude.Ledger;

namespace Conclude.Grains.Tests;

/// <summary>Proves that what a grain throws for its caller to tell apart is marked to be sent: Orleans has no codec for what is not.</summary>
public sealed class CrossingTests
{
    [Theory]
    [InlineData(typeof(LedgerBusyException))]
    [InlineData(typeof(LedgerUnavailableException))]
    [InlineData(typeof(LedgerRefusedException))]
    public void A_failure_of_the_ledger_crosses_grain_calls_as_itself(Type failure)
    {
        Assert.NotNull(failure.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(failure.GetCustomAttribute<AliasAttribute>());
    }
}
