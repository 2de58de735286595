using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>An event that comes late makes its name's first hour an earlier one: the limit on new names of that hour sees it at once.</summary>
public abstract class LateNameTests(Store store)
{
    [Fact]
    public async Task A_name_that_becomes_older_within_a_batch_counts_in_its_new_first_hour()
    {
        await using var test = TestLedger.On(store);
        FireLimits limits = new(0, EventNames: 100, NewNamesPerHour: 2);
        await test.Ledger.Append(Fire("known", at: Noon.AddHours(1), limits: limits));

        var results = await test.Ledger.Append(
        [
            Fire("first", at: Noon.AddMinutes(10), limits: limits),
            Fire("known", at: Noon.AddMinutes(20), limits: limits),
            Fire("second", at: Noon.AddMinutes(30), limits: limits),
        ]);

        Assert.Equal([FireStatus.Accepted, FireStatus.Accepted, FireStatus.TooManyNames], results.Select(static r => r.Status));
    }
}

public sealed class LateNameTestsOnSqlite() : LateNameTests(Store.Sqlite);

public sealed class LateNameTestsOnPostgres() : LateNameTests(Store.Postgres);
