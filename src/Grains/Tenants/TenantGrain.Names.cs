using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>Names whose events are refused.</summary>
internal sealed partial class TenantGrain
{
    public async Task<SaveStatus> BlockName(Author author, string eventName)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        if (!EventNames.IsValid(eventName))
        {
            return SaveStatus.Invalid;
        }

        if (current.Moments.ContainsKey(eventName))
        {
            return SaveStatus.Exists;
        }

        if (current.IsBlocked(eventName))
        {
            return SaveStatus.Saved;
        }

        var blocked = current.BlockedNames ?? [];
        if (blocked.Count >= WorkspaceSnapshot.MaxBlockedNames)
        {
            return SaveStatus.PlanLimit;
        }

        await Write(Next(current) with { BlockedNames = blocked.Add(eventName) }, Note(author, AuditKinds.NameBlocked, eventName, []));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> UnblockName(Author author, string eventName)
    {
        if (_current is not { } current || !current.IsBlocked(eventName))
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        await Write(Next(current) with { BlockedNames = current.BlockedNames?.Remove(eventName) }, Note(author, AuditKinds.NameUnblocked, eventName, []));
        return SaveStatus.Saved;
    }
}
