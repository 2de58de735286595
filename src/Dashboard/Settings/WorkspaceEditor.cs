using Conclude.Dashboard.Live;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Settings;

/// <summary>Changes the settings and keys of the workspace that this circuit shows.</summary>
public sealed class WorkspaceEditor(WorkspaceEdits edits, TimeProvider time)
{
    /// <param name="seen">What the person saw when they began.</param>
    public Task<SettingsOutcome> Save(WorkspaceSettings wanted, WorkspaceSettings seen) => Run(async tenant =>
    {
        if (await tenant.Snapshot() is not { } current)
        {
            return SettingsOutcome.Gone;
        }

        if (!SettingsForm.Same(current.Settings, seen))
        {
            return SettingsOutcome.Changed;
        }

        var errors = SettingsValidation.Check(wanted, current.Plan);
        if (!errors.IsEmpty)
        {
            return SettingsOutcome.Invalid(errors);
        }

        return Of((await tenant.ReplaceSettings(wanted, current.SettingsVersion)).Status);
    });

    /// <returns>The key, which for a secret one nobody can be told again; null when there is none.</returns>
    public async Task<(SettingsOutcome Outcome, string? Key)> AddKey(KeyKind kind)
    {
        var plain = ApiKeys.Generate(kind);
        var outcome = await Run(async tenant => Of(await tenant.AddKey(ApiKeys.Record(plain, time.GetUtcNow()))));
        return (outcome, outcome.Saved ? plain : null);
    }

    /// <summary>Renames or bounds a key that pages use.</summary>
    public Task<SettingsOutcome> ChangeKey(KeyForm form) => Run(async tenant =>
    {
        var (edit, errors) = form.Read();
        if (!errors.IsEmpty)
        {
            return SettingsOutcome.Invalid(errors);
        }

        var current = (await tenant.Snapshot())?.FindKey(form.Seen.Id);
        return current is null ? SettingsOutcome.Gone
            : !KeyForm.Same(current, form.Seen) ? SettingsOutcome.Changed
            : Of(await tenant.ChangeKey(current.Kind, current.Id, edit));
    });

    public Task<SettingsOutcome> RevokeKey(ApiKey key) =>
        Run(async tenant => Of(await tenant.RevokeKey(key.Kind, key.Id)));

    private static SettingsOutcome Of(SaveStatus status) => status switch
    {
        SaveStatus.Saved => SettingsOutcome.Done,
        SaveStatus.Changed => SettingsOutcome.Changed,
        SaveStatus.PlanLimit => SettingsOutcome.TooManyKeys,
        SaveStatus.NotAllowed => SettingsOutcome.NotAllowed,
        _ => SettingsOutcome.Gone,
    };

    private Task<SettingsOutcome> Run(Func<ActingTenant, Task<SettingsOutcome>> edit) => edits.Run(edit, SettingsOutcome.NotAllowed, SettingsOutcome.Unavailable);
}
