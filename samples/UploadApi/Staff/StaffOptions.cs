namespace UploadApi.Staff;

/// <summary>Who may review and refresh.</summary>
public sealed class StaffOptions
{
    /// <summary>The name to sign in with. Default <c>staff</c>.</summary>
    public string Name { get; set; } = "staff";

    /// <summary>
    /// The hash of the password, as <c>hash-password</c> prints it. Default none: nobody can sign in. Keep it in a secret store or an environment
    /// variable (<c>Staff__PasswordHash</c>).
    /// </summary>
    public string PasswordHash { get; set; } = "";
}
