using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Upkeep;

/// <summary>One stored sum, and what the rows make of it: absolute values to be put in its place.</summary>
internal abstract record Correction
{
    /// <summary>Writes it with the statements of <c>upkeep.sql</c>.</summary>
    public abstract void Write(IQueries queries);

    internal sealed record Hour(long Workspace, long Name, long Start, long[] Counters) : Correction
    {
        public override void Write(IQueries queries) => Run(queries.Open("put_hour").Add(Workspace).Add(Start).Add(Name).Add(Counters));
    }

    /// <param name="IsMoment">For a row that was missing; the next fire says it anew.</param>
    internal sealed record AllTime(long Workspace, long Name, long FirstSeen, long LastSeen, bool IsMoment, long[] Counters) : Correction
    {
        public override void Write(IQueries queries) => Run(
            queries.Open("put_name").Add(Workspace).Add(Name).Add(FirstSeen).Add(LastSeen).Add(IsMoment ? 1 : 0).Add(Counters));
    }

    internal sealed record Usage(long Workspace, long Month, long Fires) : Correction
    {
        public override void Write(IQueries queries) => Run(queries.Open("put_usage").Add(Workspace).Add(Month).Add(Fires));
    }

    internal sealed record Answers(long Name, long Count) : Correction
    {
        public override void Write(IQueries queries) => Run(queries.Open("put_cap").Add(Name).Add(Count));
    }

    private static void Run(Query query)
    {
        using (query)
        {
            query.Run();
        }
    }
}
