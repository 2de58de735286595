namespace Conclude.Ledger.Writing;

/// <summary>Gathers what a transaction changed, to be told after the commit.</summary>
internal sealed class CommitLog
{
    private readonly List<(string Workspace, RecentFire Fire)> _fires = [];
    private readonly List<(string Workspace, Prompt Prompt)> _answers = [];
    private readonly List<(string Workspace, EventTotals Totals)> _totals = [];
    private readonly List<(string Workspace, string Webhook)> _told = [];

    /// <summary>Where the log stands now.</summary>
    public (int Fires, int Answers, int Totals, int Told) Mark => (_fires.Count, _answers.Count, _totals.Count, _told.Count);

    public void Add(Fire fire, Verdict verdict, DateTimeOffset? until) => _fires.Add((fire.Workspace,
        new RecentFire(fire.Id, fire.Event, fire.At, fire.ReceivedAt, fire.UserLabel, verdict, until, fire.Test)));

    public void Add(string workspace, Prompt answer) => _answers.Add((workspace, answer));

    public void Add(string workspace, EventTotals totals) => _totals.Add((workspace, totals));

    public void AddTold(string workspace, string webhook) => _told.Add((workspace, webhook));

    /// <summary>Forgets what was added since the mark.</summary>
    public void Return((int Fires, int Answers, int Totals, int Told) mark)
    {
        _fires.RemoveRange(mark.Fires, _fires.Count - mark.Fires);
        _answers.RemoveRange(mark.Answers, _answers.Count - mark.Answers);
        _totals.RemoveRange(mark.Totals, _totals.Count - mark.Totals);
        _told.RemoveRange(mark.Told, _told.Count - mark.Told);
    }

    /// <summary>One commit a workspace; the log is empty afterwards.</summary>
    public IReadOnlyList<Commit> Take()
    {
        Dictionary<string, Parts> workspaces = new(StringComparer.Ordinal);
        foreach (var (workspace, fire) in _fires)
        {
            Of(workspace).Fires.Add(fire);
        }
        foreach (var (workspace, answer) in _answers)
        {
            Of(workspace).Answers.Add(answer);
        }
        // A row may have been written twice in one transaction: the later reading holds.
        foreach (var (workspace, totals) in _totals)
        {
            Of(workspace).Totals[(totals.Event, totals.Hour)] = totals;
        }
        foreach (var (workspace, webhook) in _told)
        {
            Of(workspace).Told.Add(webhook);
        }
        Return(default);
        return [.. workspaces.Select(static w => new Commit(w.Key, [.. w.Value.Totals.Values], [.. w.Value.Fires], [.. w.Value.Answers]) { Told = [.. w.Value.Told.Distinct(StringComparer.Ordinal)] })];

        Parts Of(string workspace) => workspaces.TryGetValue(workspace, out var parts) ? parts : workspaces[workspace] = new Parts([], [], [], []);
    }

    private sealed record Parts(List<RecentFire> Fires, List<Prompt> Answers, Dictionary<(string, DateTimeOffset), EventTotals> Totals, List<string> Told);
}
