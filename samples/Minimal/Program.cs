var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddTakeItDownMatching()
    .AddNcmecRegistry("take-it-down", builder.Configuration.GetSection("Registry")) // Root, UserName, Password, Members
    .UseSqliteStore("lists.db");
builder.Services.AddHealthChecks().AddTakeItDownLists();

var app = builder.Build();
app.MapPost("/photos", (IFormFile photo) => Results.Ok(photo.Length)) // runs for a clean photo only: keep it here
    .ScanUploads() // every other one gets 422, or 503 with Retry-After where waiting helps
    .DisableAntiforgery(); // nobody is signed in by a cookie here; where somebody is, use app.UseAntiforgery() in its place
app.MapHealthChecks("/health");
app.Run();
