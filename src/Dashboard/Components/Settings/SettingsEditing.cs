using System.Collections.Immutable;
using Conclude.Dashboard.Components.Shared;
using Conclude.Dashboard.Moments;
using Conclude.Dashboard.Settings;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Components.Settings;

/// <summary>A form over some of the workspace's settings. Those it does not show are saved as they were when it was opened.</summary>
public abstract class SettingsEditing : LiveComponent
{
    private ImmutableSortedDictionary<string, string> _errors = ImmutableSortedDictionary<string, string>.Empty;

    [Inject] public required WorkspaceEditor Editor { get; set; }

    [Inject] public required MomentDialogs Dialogs { get; set; }

    protected SettingsForm Form { get; private set; } = null!;

    protected SettingsOutcome? Outcome { get; private set; }

    protected bool Saving { get; private set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Form = SettingsForm.Of(Feed.Workspace.Settings);
    }

    /// <summary>What is wrong with a field, by its JSON name, or with one of the entries of a list.</summary>
    protected string? Error(string field) =>
        _errors.GetValueOrDefault(field) ?? _errors.FirstOrDefault(e => e.Key.StartsWith(field + "[", StringComparison.Ordinal)).Value;

    protected async Task Save()
    {
        if (Saving)
        {
            return;
        }

        (var wanted, _errors) = Form.Read();
        if (!_errors.IsEmpty)
        {
            Outcome = SettingsOutcome.Invalid(_errors);
            return;
        }

        Saving = true;
        Outcome = await Editor.Save(wanted, Form.Seen);
        Saving = false;
        _errors = Outcome.Errors;
        if (Outcome.Saved || Outcome == SettingsOutcome.Changed)
        {
            Form = SettingsForm.Of(Feed.Workspace.Settings);
        }

        if (Outcome.Saved)
        {
            Dialogs.Tell("Settings were saved.");
        }
    }
}
