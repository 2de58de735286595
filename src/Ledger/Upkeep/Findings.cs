namespace Conclude.Ledger.Upkeep;

/// <summary>What a verification found.</summary>
internal sealed class Findings(IProgress<long>? progress)
{
    private readonly List<Correction> _corrections = [];
    private readonly List<string> _wrongSums = [];
    private readonly List<string> _wrongRows = [];
    private readonly List<string> _askedTwice = [];

    /// <summary>Stored sums that the rows contradict: a repair can put them right.</summary>
    public IReadOnlyList<string> WrongSums => _wrongSums;

    /// <summary>Rows that contradict one another.</summary>
    public IReadOnlyList<string> WrongRows => _wrongRows;

    /// <summary>Prompts that were granted while another of the same user was live. The ledger stores what was decided: no sum is wrong.</summary>
    public IReadOnlyList<string> AskedTwice => _askedTwice;

    /// <summary>What puts the sums right.</summary>
    public IReadOnlyList<Correction> Corrections => _corrections;

    /// <summary>Events and prompts looked at.</summary>
    public long Rows { get; private set; }

    public void Count(long rows)
    {
        Rows += rows;
        progress?.Report(Rows);
    }

    /// <summary>Nothing when there are no lines.</summary>
    public void AddSum(IReadOnlyCollection<string> lines, Func<Correction> correction)
    {
        if (lines.Count > 0)
        {
            _wrongSums.AddRange(lines);
            _corrections.Add(correction());
        }
    }

    public void AddRow(string line) => _wrongRows.Add(line);

    public void AddAskedTwice(string line) => _askedTwice.Add(line);
}
