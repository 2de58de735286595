namespace Conclude.Dashboard.Moments;

/// <summary>The page that a prompt is tried on.</summary>
public enum PreviewLook
{
    Light,
    Dark,
}
