//! The document tells what is served, and nothing else.

use serde_json::Value;
use server::router::addresses;

use crate::actors::{TestDesk, get};

#[tokio::test]
async fn every_endpoint_stands_in_the_document_and_nothing_else() {
    let desk = TestDesk::start().await;
    let answer = get(&format!("{}/api/v1/openapi.json", desk.url), &[]).await;
    let document: Value = serde_json::from_str(&answer.text).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
    let mut told = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            told.push((method.to_uppercase(), path.clone()));
            assert!(operation["summary"].is_string(), "{method} {path}");
            let open = path.ends_with("openapi.json");
            assert_eq!(open, operation.get("security").is_none(), "{method} {path}");
            for status in ["401", "403", "429"].iter().filter(|_| !open) {
                let content = &operation["responses"][*status]["content"];
                let problem = &content["application/json"]["schema"]["$ref"];
                assert_eq!("#/components/schemas/Problem", problem, "{method} {path}");
            }
        }
    }
    told.sort();
    let served = addresses().into_iter();
    let served = served.filter(|(_, path)| path.starts_with("/api/"));
    let mut served: Vec<_> = served
        .map(|(method, path)| (method.to_owned(), path.into_owned()))
        .collect();
    served.sort();
    assert_eq!(served, told);
    // Every schema that is named is there.
    for name in answer.text.split("#/components/schemas/").skip(1) {
        let name = name.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"].get(name).is_some(),
            "{name}"
        );
    }
    assert_eq!(
        "bearer",
        document["components"]["securitySchemes"]["token"]["scheme"]
    );
}
