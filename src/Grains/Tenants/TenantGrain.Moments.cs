using System.Collections.Immutable;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>Moments.</summary>
internal sealed partial class TenantGrain
{
    public Task<MomentSaved> AddMoment(MomentDefinition moment) => AddMoment(Author.Operator, moment);

    public Task<MomentSaved> ReplaceMoment(MomentDefinition moment, long? expectedVersion) => ReplaceMoment(Author.Operator, moment, expectedVersion);

    public Task<SaveStatus> RemoveMoment(string eventName, long? expectedVersion) => RemoveMoment(Author.Operator, eventName, expectedVersion);

    public async Task<MomentSaved> AddMoment(Author author, MomentDefinition moment)
    {
        if (_current is not { } current)
        {
            return Refused(SaveStatus.NotFound);
        }

        if (!current.MayEdit(author))
        {
            return Refused(SaveStatus.NotAllowed);
        }

        if (MomentValidation.Check(moment) is { IsEmpty: false } errors)
        {
            return new(SaveStatus.Invalid, Moment: null, errors);
        }

        if (current.Moments.TryGetValue(moment.Event, out var existing))
        {
            return Refused(SaveStatus.Exists, existing);
        }

        if (current.Plan.Moments > 0 && current.Moments.Count >= current.Plan.Moments)
        {
            return Refused(SaveStatus.PlanLimit);
        }

        return await Store(current, moment with { CreatedAt = time.GetUtcNow() }, Note(author, AuditKinds.MomentCreated, moment.Event, AuditDifferences.Of(before: null, moment)));
    }

    public async Task<MomentSaved> ReplaceMoment(Author author, MomentDefinition moment, long? expectedVersion)
    {
        if (_current is not { } current || !current.Moments.TryGetValue(moment.Event, out var existing))
        {
            return Refused(SaveStatus.NotFound);
        }

        if (!current.MayEdit(author))
        {
            return Refused(SaveStatus.NotAllowed, existing);
        }

        if (MomentValidation.Check(moment) is { IsEmpty: false } errors)
        {
            return new(SaveStatus.Invalid, existing, errors);
        }

        if (expectedVersion is { } expected && expected != existing.Version)
        {
            return Refused(SaveStatus.Changed, existing);
        }

        if (MomentFacts.AreAlike(existing, moment))
        {
            return new(SaveStatus.Saved, existing, ImmutableSortedDictionary<string, string>.Empty);
        }

        var changes = AuditDifferences.Of(existing, moment);
        var kind = changes is not [{ Field: "enabled" }] ? AuditKinds.MomentChanged : moment.Enabled ? AuditKinds.MomentSwitchedOn : AuditKinds.MomentSwitchedOff;
        return await Store(current, moment with { CreatedAt = existing.CreatedAt }, NoteUnlessEmpty(author, kind, moment.Event, changes));
    }

    public async Task<SaveStatus> RemoveMoment(Author author, string eventName, long? expectedVersion)
    {
        if (_current is not { } current || !current.Moments.TryGetValue(eventName, out var existing))
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        if (expectedVersion is { } expected && expected != existing.Version)
        {
            return SaveStatus.Changed;
        }

        await Write(
            Next(current) with { Moments = current.Moments.Remove(eventName) },
            Note(author, AuditKinds.MomentRemoved, eventName, AuditDifferences.Of(existing, after: null)));
        return SaveStatus.Saved;
    }

    private static MomentSaved Refused(SaveStatus status, MomentDefinition? existing = null) =>
        new(status, existing, ImmutableSortedDictionary<string, string>.Empty);

    private async Task<MomentSaved> Store(WorkspaceSnapshot current, MomentDefinition moment, AuditEntry? note)
    {
        var next = Next(current);
        var versioned = moment with { Version = next.Version };
        await Write(
            next with { Moments = current.Moments.SetItem(versioned.Event, versioned), BlockedNames = current.BlockedNames?.Remove(versioned.Event) },
            note);
        return new(SaveStatus.Saved, versioned, ImmutableSortedDictionary<string, string>.Empty);
    }
}
