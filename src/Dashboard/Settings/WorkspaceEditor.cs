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

        return await tenant.ReplaceSettings(wanted) == SaveStatus.Saved ? SettingsOutcome.Done : SettingsOutcome.Gone;
    });

    /// <returns>The key, which for a secret one nobody can be told again; null when there is none.</returns>
    public async Task<(SettingsOutcome Outcome, string? Key)> AddKey(KeyKind kind)
    {
        var plain = ApiKeys.Generate(kind);
        var outcome = await Run(async tenant => await tenant.AddKey(ApiKeys.Record(plain, time.GetUtcNow())) switch
        {
            SaveStatus.Saved => SettingsOutcome.Done,
            SaveStatus.PlanLimit => SettingsOutcome.TooManyKeys,
            _ => SettingsOutcome.Gone,
        });
        return (outcome, outcome.Saved ? plain : null);
    }

    public Task<SettingsOutcome> RevokeKey(ApiKey key) =>
        Run(async tenant => await tenant.RevokeKey(key.Kind, key.Id) == SaveStatus.Saved ? SettingsOutcome.Done : SettingsOutcome.Gone);

    private Task<SettingsOutcome> Run(Func<ITenantGrain, Task<SettingsOutcome>> edit) => edits.Run(edit, SettingsOutcome.NotAllowed, SettingsOutcome.Unavailable);
}
