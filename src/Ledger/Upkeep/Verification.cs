using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Upkeep;

/// <summary>Recounts the rows against everything that is kept as a sum, workspace by workspace.</summary>
internal static class Verification
{
    public static Findings Run(IQueries queries, IProgress<long>? progress, CancellationToken cancellation)
    {
        Findings findings = new(progress);
        List<(long Id, string Key, long Horizon)> workspaces = [];
        using (var rows = queries.Open("workspaces_to_verify"))
        {
            while (rows.Next())
            {
                workspaces.Add((rows.Long(0), rows.Text(1), rows.Long(2)));
            }
        }
        foreach (var (id, key, horizon) in workspaces)
        {
            new WorkspaceCheck(queries, id, key, horizon, findings).Run(cancellation);
        }
        return findings;
    }
}
