using Conclude.Api.Errors;
using Conclude.Ledger;
using Microsoft.Data.Sqlite;

namespace Conclude.Api.Tests.Pure;

/// <summary>Proves that a caller is told to come back only where that can help.</summary>
public sealed class FailuresTests
{
    private const int Constraint = 19;
    private const int Full = 13;

    [Fact]
    public void A_store_that_is_full_may_have_room_later() =>
        Assert.Equal(ApiProblem.StoreUnavailable, Failures.Expected(new LedgerUnavailableException("Full.", new SqliteException("full", Full))));

    [Fact]
    public void An_operation_that_the_store_would_refuse_again_is_a_bug() =>
        Assert.Null(Failures.Expected(new LedgerRefusedException(new SqliteException("constraint", Constraint))));
}
