namespace Conclude.Bench.Runner;

/// <summary>Servers that share one store, driven together, and how users come to them.</summary>
/// <param name="Name">For people.</param>
/// <param name="KeepsUsers">Each user comes to one server only, as behind a proxy that keeps them there; else any to any.</param>
internal sealed record ClusterSite(string Name, RunningServer[] Servers, bool KeepsUsers)
{
    /// <summary>Sites on the same servers share users.</summary>
    public string Prefix(int server) => KeepsUsers ? $"use{(char)('a' + server)}" : "user";

    /// <summary>Gives every user of the hot moment a session that is in a cooldown.</summary>
    public async Task Warm()
    {
        for (var i = 0; i < (KeepsUsers ? Servers.Length : 1); i++)
        {
            await Servers[i].Warm(Prefix(i));
        }
    }
}
