namespace Conclude.Dashboard.Reports;

/// <summary>By what answers are told apart: facts of the person and page as they were when the prompt was shown.</summary>
public enum SplitKind
{
    Company,
    Page,
    Language,
    Device,

    /// <summary>One that the app states, by its name.</summary>
    Trait,
}
