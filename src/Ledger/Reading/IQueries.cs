namespace Conclude.Ledger.Reading;

/// <summary>The named statements of one store's <c>read.sql</c> and <c>verify.sql</c> on one snapshot of it.</summary>
internal interface IQueries
{
    /// <summary>Starts a use of a statement; at most one use at a time.</summary>
    Query Open(string name);
}
