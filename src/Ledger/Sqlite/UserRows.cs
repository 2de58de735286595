using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Writes users: the version that fences everything decided for them, their facts, their links.</summary>
internal sealed class UserRows(NameBook names)
{
    /// <returns>That of everybody unknown when there is no row.</returns>
    public long Version(Session session, WorkspaceState workspace, string userKey)
    {
        using var found = session["read_user"].Open().Add(workspace.Id).Add(userKey);
        if (found.Next())
        {
            return found.Long(0);
        }
        using var fence = session["fence"].Open();
        fence.Next();
        return fence.Long(0);
    }

    public void Bump(Session session, WorkspaceState workspace, string userKey) => session["bump_user"].Open().Add(workspace.Id).Add(userKey).Run();

    public bool Write(Session session, DescribeOperation described)
    {
        var workspace = names.Workspace(session, described.Workspace);
        if (described.ExpectedVersion is { } expected && Version(session, workspace, described.UserKey) != expected)
        {
            return false;
        }
        if (!described.Verified && IsVerified(session, workspace, described.UserKey))
        {
            return true;
        }
        session["describe_user"].Open().Add(workspace.Id).Add(described.UserKey).Add(described.Facts).Run();
        return true;
    }

    /// <returns>False when a version has moved on, or the browser is linked. The same link, now proved, is taken.</returns>
    public bool Write(Session session, Link link)
    {
        var workspace = names.Workspace(session, link.Workspace);
        if (Version(session, workspace, link.AnonymousKey) != link.AnonymousVersion || Version(session, workspace, link.PersonKey) != link.PersonVersion
            || IsTaken(session, workspace, link))
        {
            return false;
        }
        session["put_link"].Open().Add(workspace.Id).Add(link.AnonymousKey).Add(link.PersonKey).Add(link.Verified).Add(link.At).Run();
        Bump(session, workspace, link.AnonymousKey);
        Bump(session, workspace, link.PersonKey);
        return true;
    }

    private static bool IsTaken(Session session, WorkspaceState workspace, Link link)
    {
        using var found = session["find_link"].Open().Add(workspace.Id).Add(link.AnonymousKey);
        return found.Next() && (found.Text(0) != link.PersonKey || found.Bool(1) || !link.Verified);
    }

    private static bool IsVerified(Session session, WorkspaceState workspace, string userKey)
    {
        using var found = session["read_user"].Open().Add(workspace.Id).Add(userKey);
        return found.Next() && PersonJson.Read(found.TextOrNull(1)).Verified;
    }
}
