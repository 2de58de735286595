namespace Conclude.Ledger.Reading;

/// <summary>The named statements of some of one store's SQL files, inside one transaction.</summary>
internal interface IQueries
{
    /// <summary>Starts a use of a statement; at most one use at a time.</summary>
    Query Open(string name);
}
